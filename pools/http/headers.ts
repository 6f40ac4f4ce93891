import type { Dispatcher } from 'undici';
import { USER_AGENT } from '../../src/core/net/user-agent.ts';

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
