import type { LookupFunction } from 'node:net';
import { Agent, buildConnector, type Dispatcher } from 'undici';
import { Deadline } from '../../src/core/deadline.ts';
import { PageError } from '../../src/core/ledger/page-error.ts';
import { USER_AGENT } from '../../src/core/net/user-agent.ts';
import { Semaphore } from '../../src/core/semaphore.ts';
import { requestTarget } from '../../src/core/url/canonical-url.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { GuardedLookup } from '../net/guarded-lookup.ts';

export interface HttpAgentOptions {
  readonly lookup: GuardedLookup;
  readonly clock: Clock;
  /** Connections to one origin. Default: 10. */
  readonly connectionsPerHost?: number;
  /** Exchanges that may be open over all hosts; origins share them fairly. Default: 100. Idle connections, kept for 4 s, are not counted. */
  readonly connections?: number;
  /** For opening a connection, TLS included, in milliseconds. Default: 10 s. */
  readonly connectTimeoutMs?: number;
  /** For the headers, and between two chunks of the body, in milliseconds. Default: 30 s. */
  readonly idleTimeoutMs?: number;
  /** PEM certificates trusted instead of the system's. Certificates are always verified. */
  readonly ca?: string;
}

export interface HttpRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

export interface HttpPost extends HttpRequest {
  readonly body: string;
}

/** The connection pool of a process. Every plain HTTP request goes through it and through its guarded lookup. */
export class HttpAgent {
  readonly clock: Clock;
  readonly #agent: Agent;
  readonly #exchanges: Semaphore;

  constructor(options: HttpAgentOptions) {
    const idleTimeout = options.idleTimeoutMs ?? 30_000;
    this.clock = options.clock;
    const perHost = options.connectionsPerHost ?? 10;
    this.#exchanges = new Semaphore({
      permits: options.connections ?? 100,
      limitOf: () => perHost,
      now: () => performance.now(),
    });
    this.#agent = new Agent({
      connections: perHost,
      headersTimeout: idleTimeout,
      bodyTimeout: idleTimeout,
      connect: guardedConnector(options),
      allowH2: false,
    });
  }

  /**
   * Sends a GET and resolves to the response when its headers have arrived. It follows no redirect and decodes no body.
   * The exchange counts as open until the body has ended, failed or been destroyed.
   */
  get(url: URL, request: HttpRequest): Promise<Dispatcher.ResponseData> {
    return this.#request('GET', url, request);
  }

  /** Sends a POST, under the same rules. */
  post(url: URL, request: HttpPost): Promise<Dispatcher.ResponseData> {
    return this.#request('POST', url, request);
  }

  /** The time that one document may take, from the first lookup to the last byte, redirects included. */
  deadline(ms: number, parent?: AbortSignal): Deadline {
    const error = () => new PageError('timeout', `Not done after ${ms} ms`, { retryable: true });
    return new Deadline({ ms, clock: this.clock, error, parent });
  }

  /** Closes idle connections and waits for the open exchanges. */
  close(): Promise<void> {
    return this.#agent.close();
  }

  /** Closes every connection at once. */
  destroy(): Promise<void> {
    return this.#agent.destroy();
  }

  async #request(
    method: 'GET' | 'POST',
    url: URL,
    { headers, signal, body }: HttpRequest & Partial<HttpPost>,
  ): Promise<Dispatcher.ResponseData> {
    const release = await this.#exchanges.acquire(signal, url.origin);
    try {
      const response = await this.#agent.request({
        origin: url.origin,
        path: requestTarget(url),
        method,
        headers,
        signal,
        body: body ?? null,
      });
      response.body.on('error', ignore).once('close', release);
      return response;
    } catch (error) {
      release();
      throw error;
    }
  }
}

/** Connects only to addresses that the lookup permits. A socket does not look up a literal address, so this does. */
function guardedConnector({ lookup, connectTimeoutMs, ca }: HttpAgentOptions): buildConnector.connector {
  const connectors = new Map<LookupFunction, buildConnector.connector>();
  const connectorBy = (lookupFunction: LookupFunction) => {
    const existing = connectors.get(lookupFunction);
    if (existing) return existing;
    const timeout = connectTimeoutMs ?? 10_000;
    const trusted = ca === undefined ? {} : { ca };
    const connector = buildConnector({ lookup: lookupFunction, timeout, allowH2: false, ...trusted });
    connectors.set(lookupFunction, connector);
    return connector;
  };
  return (target, callback) => {
    const port = Number(target.port) || (target.protocol === 'https:' ? 443 : 80);
    lookup.resolve(target.hostname, port).then(
      () => connectorBy(lookup.lookupFor(target.hostname, port))(target, callback),
      (error) => callback(error, null),
    );
  };
}

/** A body that nobody reads can still fail. */
function ignore(): void {}

/** Headers of every request. `decodeBody` decodes the codings that they name. */
export function requestHeaders(accept: string): Readonly<Record<string, string>> {
  return { 'user-agent': USER_AGENT, accept, 'accept-encoding': 'gzip, deflate, br, zstd' };
}

/** The value of a header; the last one if the server sent several, null if it sent none. */
export function headerOf({ headers }: Dispatcher.ResponseData, name: string): string | null {
  const value = headers[name];
  return (Array.isArray(value) ? value.at(-1) : value) ?? null;
}

/** `Content-Length` in bytes; null if it is missing or no number. */
export function contentLengthOf(response: Dispatcher.ResponseData): number | null {
  const text = headerOf(response, 'content-length');
  return text !== null && /^\d+$/.test(text) ? Number(text) : null;
}
