import {
  type Agent,
  type ClientRequest,
  type IncomingMessage,
  request as openRequest,
  type ServerResponse,
  validateHeaderName,
  validateHeaderValue,
} from 'node:http';
import { pipeline } from 'node:stream/promises';
import { PageError } from '../../src/core/ledger/page-error.ts';
import { requestTarget } from '../../src/core/url/canonical-url.ts';
import type { GuardedLookup } from '../net/guarded-lookup.ts';
import { portOf } from './proxy-failures.ts';

export interface ForwardOptions {
  readonly lookup: GuardedLookup;
  readonly agent: Agent;
  /** Of a response body as transferred. */
  readonly maxBytes: number;
  /** Milliseconds without a byte from the website. */
  readonly idleTimeoutMs: number;
}

/**
 * Forwards a plain HTTP request of the browser to `target`, and the response back. Resolves to false if the browser
 * disconnects first. Rejects with a system error, an `AddressRefusedError` or a `PageError`; it breaks the connection if
 * it has sent a part of the response by then.
 */
export async function forward(
  request: IncomingMessage,
  response: ServerResponse,
  target: URL,
  options: ForwardOptions,
): Promise<boolean> {
  let upstream: IncomingMessage | null = null;
  let hasDisconnected = false;
  response.once('close', () => {
    hasDisconnected = !upstream?.destroyed;
  });
  try {
    await options.lookup.resolve(target.hostname, portOf(target));
    upstream = await send(request, response, target, options);
    await sendBack(upstream, response, options.maxBytes);
    return true;
  } catch (error) {
    if (hasDisconnected) return false;
    throw error;
  }
}

async function sendBack(
  upstream: IncomingMessage,
  response: ServerResponse,
  maxBytes: number,
): Promise<void> {
  if (Number(upstream.headers['content-length'] ?? 0) > maxBytes) throw discard(upstream, tooLarge(maxBytes));
  response.sendDate = false;
  const headers = endToEnd(pairsOf(upstream.rawHeaders));
  // Without the website's reason phrase: it carries no meaning (RFC 9110 §15) and can hold what Node refuses to send.
  response.writeHead(upstream.statusCode ?? 502, '', headers.flat());
  let received = 0;
  upstream.on('data', (chunk: Buffer) => {
    received += chunk.length;
    if (received > maxBytes) upstream.destroy(tooLarge(maxBytes));
  });
  await pipeline(upstream, response);
}

/** Sends again when a reused connection turns out to be closed: the website has not received the request. */
async function send(
  request: IncomingMessage,
  response: ServerResponse,
  target: URL,
  options: ForwardOptions,
): Promise<IncomingMessage> {
  for (;;) {
    const upstream = open(request, target, options);
    const cancel = () => upstream.destroy();
    response.once('close', cancel);
    try {
      return await responseOf(upstream, request, options.idleTimeoutMs);
    } catch (error) {
      if (!isStale(upstream, error) || hasBody(request)) throw error;
    } finally {
      response.off('close', cancel);
    }
  }
}

function open(request: IncomingMessage, target: URL, { lookup, agent }: ForwardOptions): ClientRequest {
  const port = portOf(target);
  const isOther = ([name]: HeaderPair) => name.toLowerCase() !== 'host';
  const headers = endToEnd(pairsOf(request.rawHeaders)).filter(isOther);
  return openRequest({
    host: target.hostname.replace(/^\[|\]$/g, ''),
    port,
    path: requestTarget(target),
    method: request.method,
    headers: [['Host', target.host], ...headers].flat(),
    agent,
    lookup: lookup.lookupFor(target.hostname, port),
    insecureHTTPParser: true,
  });
}

function responseOf(
  upstream: ClientRequest,
  request: IncomingMessage,
  idleTimeoutMs: number,
): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  upstream
    .once('response', resolve)
    .on('error', reject)
    .setTimeout(idleTimeoutMs, () => {
      const message = `The server sent nothing for ${idleTimeoutMs} ms`;
      upstream.destroy(new PageError('timeout', message, { retryable: true }));
    });
  if (hasBody(request)) pipeline(request, upstream).catch(reject);
  else upstream.end();
  return promise;
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined;
}

function isStale(upstream: ClientRequest, error: unknown): boolean {
  return upstream.reusedSocket && error instanceof Error && 'code' in error && error.code === 'ECONNRESET';
}

function discard(upstream: IncomingMessage, reason: PageError): PageError {
  upstream.destroy();
  return reason;
}

function tooLarge(maxBytes: number): PageError {
  return new PageError('too-large', `The response is larger than ${maxBytes} bytes`);
}

/** A header of the proxy's own responses; its value is a reason of the ledger. The proxy drops it from websites. */
export const FAILURE_HEADER = 'x-waymark-failure';

/** Headers for the next hop only (RFC 9110 §7.6.1), and those that the proxy writes itself. */
const NOT_FORWARDED = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  FAILURE_HEADER,
]);

export type HeaderPair = readonly [name: string, value: string];

/** Node's flat list of raw headers as pairs. */
export function pairsOf(rawHeaders: readonly string[]): HeaderPair[] {
  const pairs: HeaderPair[] = [];
  for (let at = 0; at + 1 < rawHeaders.length; at += 2)
    pairs.push([rawHeaders[at] ?? '', rawHeaders[at + 1] ?? '']);
  return pairs;
}

/** The headers that a proxy forwards: no hop-by-hop headers, and none that Node refuses to send. */
export function endToEnd(pairs: readonly HeaderPair[]): HeaderPair[] {
  const named = pairs
    .filter(([name]) => name.toLowerCase() === 'connection')
    .flatMap(([, value]) => value.split(','));
  const dropped = new Set(named.map((name) => name.trim().toLowerCase()));
  const isChunked = pairs.some(([name]) => name.toLowerCase() === 'transfer-encoding');
  // A length beside a transfer coding is void (RFC 9112 §6.3).
  if (isChunked) dropped.add('content-length');
  return pairs.filter(([name, value]) => {
    const key = name.toLowerCase();
    return !NOT_FORWARDED.has(key) && !dropped.has(key) && isSendable(name, value);
  });
}

function isSendable(name: string, value: string): boolean {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    return true;
  } catch {
    return false;
  }
}
