import type { LookupFunction } from 'node:net';
import { Agent, buildConnector, type Dispatcher } from 'undici';
import { USER_AGENT } from '../../src/core/net/user-agent.ts';
import type { GuardedLookup } from '../net/guarded-lookup.ts';
import { Semaphore } from './semaphore.ts';

export interface HttpAgentOptions {
  readonly lookup: GuardedLookup;
  /** Connections to one origin. Default: 10. */
  readonly connectionsPerHost?: number;
  /** Exchanges that may be open over all hosts. Default: 100. Idle connections, kept for 4 s, are not counted. */
  readonly connections?: number;
  /** Until a connection stands, TLS included, in milliseconds. Default: 10 s. */
  readonly connectTimeoutMs?: number;
  /** Until the headers have come, and between two pieces of the body, in milliseconds. Default: 30 s. */
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

/** The connection pool of a process: every plain HTTP request goes through it, and through its guarded lookup. */
export class HttpAgent {
  readonly #agent: Agent;
  readonly #slots: Semaphore;

  constructor(options: HttpAgentOptions) {
    const idleTimeout = options.idleTimeoutMs ?? 30_000;
    this.#slots = new Semaphore(options.connections ?? 100);
    this.#agent = new Agent({
      connections: options.connectionsPerHost ?? 10,
      headersTimeout: idleTimeout,
      bodyTimeout: idleTimeout,
      connect: guardedConnector(options),
      allowH2: false,
    });
  }

  /**
   * Sends a GET and answers once the headers are there; redirects are not followed, bodies not decoded.
   * Holds one of the slots until the body has ended, failed or been destroyed.
   */
  get(url: URL, request: HttpRequest): Promise<Dispatcher.ResponseData> {
    return this.#request('GET', url, request);
  }

  /** Sends a POST, under the same rules. */
  post(url: URL, request: HttpPost): Promise<Dispatcher.ResponseData> {
    return this.#request('POST', url, request);
  }

  /** Ends idle connections and waits for the open exchanges. */
  close(): Promise<void> {
    return this.#agent.close();
  }

  /** Ends every connection at once. */
  destroy(): Promise<void> {
    return this.#agent.destroy();
  }

  async #request(
    method: 'GET' | 'POST',
    url: URL,
    { headers, signal, body }: HttpRequest & Partial<HttpPost>,
  ): Promise<Dispatcher.ResponseData> {
    const release = await this.#slots.acquire(signal);
    try {
      const response = await this.#agent.request({
        origin: url.origin,
        path: url.pathname + url.search,
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

/** Connects only to addresses that the lookup lets through, literal ones, which sockets do not look up, included. */
function guardedConnector({ lookup, connectTimeoutMs, ca }: HttpAgentOptions): buildConnector.connector {
  const connectors = new Map<LookupFunction, buildConnector.connector>();
  const connectorBy = (lookupFunction: LookupFunction) => {
    const known = connectors.get(lookupFunction);
    if (known) return known;
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

/** A body that nobody reads any more may still fail. */
function ignore(): void {}

/** What every request says about itself. The codings are those that `decodeBody` reads. */
export function requestHeaders(accept: string): Readonly<Record<string, string>> {
  return { 'user-agent': USER_AGENT, accept, 'accept-encoding': 'gzip, deflate, br, zstd' };
}

/** A header that has one value; the last where it was sent several times, null where it was not. */
export function headerOf({ headers }: Dispatcher.ResponseData, name: string): string | null {
  const value = headers[name];
  return (Array.isArray(value) ? value.at(-1) : value) ?? null;
}

/** `Content-Length` in bytes; null where it is missing or no number. */
export function contentLengthOf(response: Dispatcher.ResponseData): number | null {
  const text = headerOf(response, 'content-length');
  return text !== null && /^\d+$/.test(text) ? Number(text) : null;
}
