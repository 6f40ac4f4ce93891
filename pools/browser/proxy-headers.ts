import { validateHeaderName, validateHeaderValue } from 'node:http';

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
