import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export type Handler = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

export interface Reply {
  /** Default 200. */
  readonly status?: number;
  /** Default: HTML in UTF-8. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** Milliseconds before the response starts. */
  readonly delayMs?: number;
}

/** The content of a path: HTML, a reply, or a handler. */
export type Served = string | Reply | Handler;

/** Keys are a path with query string, or a path alone for every query. Other paths return 404. */
export type Pages = Readonly<Record<string, Served>>;

/** One line of the access log, written when the request arrives. */
export interface Access {
  readonly method: string;
  /** With the query string. */
  readonly path: string;
  /** Milliseconds on the monotonic clock (`performance.now()`). */
  readonly at: number;
  readonly userAgent: string;
  /** Open connections at that moment, this one included. */
  readonly openConnections: number;
  /** Requests in progress at that moment, this one included. */
  readonly openRequests: number;
}

export interface Site extends AsyncDisposable {
  /** `http://127.0.0.1:port`, without a slash at the end. */
  readonly origin: string;
  readonly port: number;
  readonly log: readonly Access[];
  readonly openConnections: number;
  readonly openRequests: number;
  url(path: string): string;
  /** Requests for this path, query string included. */
  visits(path: string): readonly Access[];
  /** The first request, past or to come, that matches; rejects after `deadlineMs` (default 10,000). */
  requested(matches: (access: Access) => boolean, deadlineMs?: number): Promise<Access>;
  /** Closes every connection. Idempotent. */
  close(): Promise<void>;
}

export interface SiteOptions {
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Default 0: a free port. */
  readonly port?: number;
}

/** Starts a real HTTP server on loopback. */
export async function startSite(served: Pages | Handler, options: SiteOptions = {}): Promise<Site> {
  const site = new FixtureSite(typeof served === 'function' ? served : handlerOf(served));
  await site.listen(options.host ?? '127.0.0.1', options.port ?? 0);
  return site;
}

function handlerOf(pages: Pages): Handler {
  return (request, response) => {
    const target = request.url ?? '/';
    const [path = '/'] = target.split('?', 1);
    const served =
      (Object.hasOwn(pages, target) && pages[target]) || (Object.hasOwn(pages, path) && pages[path]);
    if (typeof served === 'function') return served(request, response);
    if (typeof served === 'string') return reply(response, { body: served });
    return reply(response, served || { status: 404, body: '<title>Not found</title>' });
  };
}

/** Sends a reply; HTML in UTF-8 unless its headers say otherwise. */
export async function reply(
  response: ServerResponse,
  { status, headers, body, delayMs }: Reply,
): Promise<void> {
  if (delayMs !== undefined) await sleep(delayMs, undefined, { ref: false });
  if (response.destroyed) return;
  response.writeHead(status ?? 200, headers ?? { 'content-type': 'text/html; charset=utf-8' });
  response.end(body);
}

interface Waiter {
  readonly matches: (access: Access) => boolean;
  readonly resolve: (access: Access) => void;
}

class FixtureSite implements Site {
  readonly log: Access[] = [];
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #waiters = new Set<Waiter>();
  #openRequests = 0;
  #origin = '';
  #port = 0;

  constructor(handler: Handler) {
    this.#server = createServer((request, response) => {
      this.#record(request, response);
      Promise.resolve()
        .then(() => handler(request, response))
        .catch((error: Error) => response.destroy(error));
    });
    this.#server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.on('error', () => {});
      socket.once('close', () => this.#sockets.delete(socket));
    });
  }

  async listen(host: string, port: number): Promise<void> {
    this.#server.listen(port, host);
    await once(this.#server, 'listening');
    this.#port = (this.#server.address() as AddressInfo).port;
    this.#origin = `http://${host}:${this.#port}`;
  }

  get origin(): string {
    return this.#origin;
  }

  get port(): number {
    return this.#port;
  }

  get openConnections(): number {
    return this.#sockets.size;
  }

  get openRequests(): number {
    return this.#openRequests;
  }

  url(path: string): string {
    return new URL(path, this.#origin).href;
  }

  visits(path: string): readonly Access[] {
    return this.log.filter((access) => access.path === path);
  }

  async requested(matches: (access: Access) => boolean, deadlineMs = 10_000): Promise<Access> {
    const past = this.log.find(matches);
    if (past !== undefined) return past;
    const { promise, resolve, reject } = Promise.withResolvers<Access>();
    const waiter: Waiter = { matches, resolve };
    const alarm = setTimeout(() => reject(new Error(`No such request within ${deadlineMs} ms`)), deadlineMs);
    this.#waiters.add(waiter);
    return promise.finally(() => {
      clearTimeout(alarm);
      this.#waiters.delete(waiter);
    });
  }

  async close(): Promise<void> {
    if (!this.#server.listening) return;
    const closed = once(this.#server, 'close');
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  #record(request: IncomingMessage, response: ServerResponse): void {
    this.#openRequests += 1;
    response.once('close', () => {
      this.#openRequests -= 1;
    });
    const access: Access = {
      method: request.method ?? 'GET',
      path: request.url ?? '/',
      at: performance.now(),
      userAgent: request.headers['user-agent'] ?? '',
      openConnections: this.#sockets.size,
      openRequests: this.#openRequests,
    };
    this.log.push(access);
    for (const { matches, resolve } of this.#waiters) if (matches(access)) resolve(access);
  }
}
