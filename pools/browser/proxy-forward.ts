import {
  type Agent,
  type ClientRequest,
  type IncomingMessage,
  type ServerResponse,
  request as send,
} from 'node:http';
import { pipeline } from 'node:stream/promises';
import { PageError } from '../../src/core/page-error.ts';
import type { GuardedLookup } from '../net/guarded-lookup.ts';
import { portOf } from './proxy-failures.ts';
import { endToEnd, type HeaderPair, pairsOf } from './proxy-headers.ts';

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
