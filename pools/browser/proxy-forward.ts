import {
  type Agent,
  type ClientRequest,
  type IncomingMessage,
  type ServerResponse,
  request as send,
  validateHeaderName,
  validateHeaderValue,
} from 'node:http';
import { pipeline } from 'node:stream/promises';
import { PageError } from '../../src/core/ledger/page-error.ts';
import type { GuardedLookup } from '../net/guarded-lookup.ts';
import { portOf } from './proxy-failures.ts';

export interface ForwardOptions {
  readonly lookup: GuardedLookup;
  readonly agent: Agent;
  /** Of a response body as transferred. */
  readonly maxBytes: number;
  /** Without a byte from the website. */
  readonly idleTimeoutMs: number;
}

/**
 * Passes a plain HTTP request of the browser on to `target`, and the answer back. Answers whether it got to the end:
 * false if the browser left before. Rejects with a system error, an `AddressRefusedError` or a `PageError`; if the
 * answer has begun by then, its connection is broken.
 */
export async function forward(
  request: IncomingMessage,
  response: ServerResponse,
  target: URL,
  options: ForwardOptions,
): Promise<boolean> {
  let answer: IncomingMessage | null = null;
  let hasLeft = false;
  response.once('close', () => {
    hasLeft = !answer?.destroyed;
  });
  try {
    await options.lookup.resolve(target.hostname, portOf(target));
    answer = await ask(request, response, target, options);
    await passOn(answer, response, options.maxBytes);
    return true;
  } catch (error) {
    if (hasLeft) return false;
    throw error;
  }
}

async function passOn(answer: IncomingMessage, response: ServerResponse, maxBytes: number): Promise<void> {
  if (Number(answer.headers['content-length'] ?? 0) > maxBytes) throw discard(answer, tooLarge(maxBytes));
  response.sendDate = false;
  const headers = endToEnd(pairsOf(answer.rawHeaders));
  response.writeHead(answer.statusCode ?? 502, answer.statusMessage, headers.flat());
  let received = 0;
  answer.on('data', (chunk: Buffer) => {
    received += chunk.length;
    if (received > maxBytes) answer.destroy(tooLarge(maxBytes));
  });
  await pipeline(answer, response);
}

/** Asks again where a connection kept from before turns out to be closed: the website has not seen the request. */
async function ask(
  request: IncomingMessage,
  response: ServerResponse,
  target: URL,
  options: ForwardOptions,
): Promise<IncomingMessage> {
  for (;;) {
    const upstream = open(request, target, options);
    const giveUp = () => upstream.destroy();
    response.once('close', giveUp);
    try {
      return await answerTo(upstream, request, options.idleTimeoutMs);
    } catch (error) {
      if (!isStale(upstream, error) || hasBody(request)) throw error;
    } finally {
      response.off('close', giveUp);
    }
  }
}

function open(request: IncomingMessage, target: URL, { lookup, agent }: ForwardOptions): ClientRequest {
  const port = portOf(target);
  const isOther = ([name]: HeaderPair) => name.toLowerCase() !== 'host';
  const headers = endToEnd(pairsOf(request.rawHeaders)).filter(isOther);
  return send({
    host: target.hostname.replace(/^\[|\]$/g, ''),
    port,
    path: target.pathname + target.search,
    method: request.method,
    headers: [['Host', target.host], ...headers].flat(),
    agent,
    lookup: lookup.lookupFor(target.hostname, port),
    insecureHTTPParser: true,
  });
}

function answerTo(
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

function discard(answer: IncomingMessage, reason: PageError): PageError {
  answer.destroy();
  return reason;
}

function tooLarge(maxBytes: number): PageError {
  return new PageError('too-large', `The response is larger than ${maxBytes} bytes`);
}

/** Set on answers of the proxy itself; the value is a reason of the ledger. Never passed on from a website. */
export const FAILURE_HEADER = 'x-waymark-failure';

/** Headers that are meant for the next hop only (RFC 9110 §7.6.1), and those that the proxy writes itself. */
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

/** What a proxy passes on: without hop-by-hop headers, without what cannot be sent again. */
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
