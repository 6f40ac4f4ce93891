import { type ErrorCode, messageOf, WaymarkError } from '../../core/errors.ts';

/** Error codes by the first word of an error reply of Redis. */
const CODES: Readonly<Record<string, ErrorCode>> = {
  OOM: 'redis-full',
  MISCONF: 'redis-full',
  NOAUTH: 'redis-auth',
  WRONGPASS: 'redis-auth',
  NOPERM: 'redis-auth',
  LOADING: 'redis-unreachable',
  READONLY: 'redis-unreachable',
  MASTERDOWN: 'redis-unreachable',
  CLUSTERDOWN: 'redis-unreachable',
  TRYAGAIN: 'redis-unreachable',
};

/**
 * What a failed call of the client means. The client's own error is not passed on as the cause: it holds the command
 * with its arguments, and those of a login are name and password.
 */
export function asWaymarkError(error: unknown): WaymarkError {
  if (error instanceof WaymarkError) return error;
  return new WaymarkError(codeOf(error), messageFor(error));
}

/** The client's words for a command that was given up are about its settings. */
function messageFor(error: unknown): string {
  const isGivenUp = error instanceof Error && error.name === 'MaxRetriesPerRequestError';
  return isGivenUp ? 'The connection to Redis is broken.' : messageOf(error);
}

function codeOf(error: unknown): ErrorCode {
  if (!(error instanceof Error)) return 'storage-failed';
  if (error.name !== 'ReplyError') return 'redis-unreachable';
  const [word = ''] = error.message.replace(/^ERR /, '').split(' ', 1);
  return CODES[word] ?? 'storage-failed';
}

/** Awaits a call of the client; rejects with a `WaymarkError` instead of the client's own error. */
export async function redisReply<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    throw asWaymarkError(error);
  }
}
