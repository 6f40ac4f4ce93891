import { Agent, createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { PageError } from '../../src/core/ledger/page-error.ts';
import type { GuardedLookup } from '../net/guarded-lookup.ts';
import { networkFailure } from '../net/network-failure.ts';
import { ProxyFailures } from './proxy-failures.ts';
import { FAILURE_HEADER, forward } from './proxy-forward.ts';
import { connectTo, join } from './proxy-tunnel.ts';

export interface BrowserProxyOptions {
  readonly lookup: GuardedLookup;
  /** Of the body of one plain HTTP response, as transferred. TLS is not decrypted. Default: 10 MB. */
  readonly maxBytes?: number;
  /** Milliseconds in which a website may send nothing over plain HTTP. Default: 30 s. */
  readonly idleTimeoutMs?: number;
}

/** For Playwright's `proxy` option. */
export interface ProxySettings {
  readonly server: string;
  readonly bypass: string;
}

const MAX_HEADER_BYTES = 65_536;
/** Longer than the browser keeps an idle connection to a proxy, so that the proxy never closes one that it reuses. */
const KEEP_ALIVE_MS = 330_000;

/** Starts a proxy on a free port. */
export async function startBrowserProxy(options: BrowserProxyOptions): Promise<BrowserProxy> {
  const server = createServer({ maxHeaderSize: MAX_HEADER_BYTES, keepAliveTimeout: KEEP_ALIVE_MS });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject).listen(0, '127.0.0.1', resolve);
  await promise;
  return new BrowserProxy(server, options);
}

/**
 * A forward proxy on 127.0.0.1. The browser sends every request through it, sub-resources and WebSockets included, so that
 * all of them pass the same guarded lookup. It requires no password: with one, Playwright would intercept every request
 * and disable the cache, and other users of the machine gain nothing that they could not reach themselves.
 *
 * It responds to a failed request with 502 and the reason in `x-waymark-failure`, and refuses a failed tunnel for TLS;
 * `failureOf` returns the cause in both cases.
 */
export class BrowserProxy {
  readonly settings: ProxySettings;
  readonly #server: Server;
  readonly #lookup: GuardedLookup;
  readonly #maxBytes: number;
  readonly #idleTimeoutMs: number;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 10, maxTotalSockets: 100 });
  readonly #failures = new ProxyFailures();
  readonly #tunnels = new Set<Duplex>();

  /** @param server must listen already: call `startBrowserProxy`. */
  constructor(server: Server, options: BrowserProxyOptions) {
    const { port } = server.address() as AddressInfo;
    this.settings = { server: `http://127.0.0.1:${port}`, bypass: '<-loopback>' };
    this.#server = server;
    this.#lookup = options.lookup;
    this.#maxBytes = options.maxBytes ?? 10_000_000;
    this.#idleTimeoutMs = options.idleTimeoutMs ?? 30_000;
    server.on('request', (request, response) => void this.#onRequest(request, response));
    server.on('connect', (request, client, head) => void this.#onConnect(request, client, head));
  }

  /** Why the latest request to this URL, or connection to its host and port, failed; null if it succeeded. */
  failureOf(url: string): PageError | null {
    const parsed = URL.parse(url);
    return parsed && this.#failures.of(parsed);
  }

  /** Closes every connection at once. Idempotent. */
  async close(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#server.close(() => resolve());
    this.#server.closeAllConnections();
    this.#agent.destroy();
    for (const tunnel of this.#tunnels) tunnel.destroy();
    await promise;
  }

  async #onRequest(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const target = URL.parse(request.url ?? '');
    if (target?.protocol !== 'http:') {
      response.writeHead(400).end();
      return;
    }
    try {
      const options = { lookup: this.#lookup, agent: this.#agent };
      const limits = { maxBytes: this.#maxBytes, idleTimeoutMs: this.#idleTimeoutMs };
      const isDone = await forward(request, response, target, { ...options, ...limits });
      if (isDone) this.#failures.clear(target);
    } catch (error) {
      this.#refuse(response, this.#recorded(target, error));
    }
  }

  async #onConnect(request: IncomingMessage, client: Duplex, head: Buffer): Promise<void> {
    this.#tunnels.add(client.once('close', () => this.#tunnels.delete(client)).on('error', () => {}));
    const target = URL.parse(`http://${request.url}`);
    if (!target) {
      client.end(statusLine(400));
      return;
    }
    try {
      const socket = await connectTo(target, this.#lookup);
      this.#failures.clear(target);
      await join(client, head, socket);
    } catch (error) {
      client.end(statusLine(502, `${FAILURE_HEADER}: ${this.#recorded(target, error).reason}`));
    }
  }

  #recorded(target: URL, error: unknown): PageError {
    const failure = networkFailure(error);
    this.#failures.record(target, failure);
    return failure;
  }

  #refuse(response: ServerResponse, failure: PageError): void {
    if (response.headersSent) {
      response.destroy();
      return;
    }
    const headers = {
      'content-type': 'text/plain',
      'cache-control': 'no-store',
      [FAILURE_HEADER]: failure.reason,
    };
    response.writeHead(502, headers).end(failure.message);
  }
}

function statusLine(status: number, ...headers: readonly string[]): string {
  return [`HTTP/1.1 ${status} `, ...headers, 'Content-Length: 0', 'Connection: close', '', ''].join('\r\n');
}
