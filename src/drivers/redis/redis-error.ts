import { type ErrorCode, messageOf, WaymarkError } from '../../core/errors.ts';

/** First words of the answers of a Redis, and what they mean for us. */
const ANSWERS: Readonly<Record<string, ErrorCode>> = {
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
  return new WaymarkError(codeOf(error), wordsOf(error));
}

/** The client's words for a command that was given up are about its settings. */
function wordsOf(error: unknown): string {
  const isGivenUp = error instanceof Error && error.name === 'MaxRetriesPerRequestError';
  return isGivenUp ? 'The connection to Redis is broken.' : messageOf(error);
}

function codeOf(error: unknown): ErrorCode {
  if (!(error instanceof Error)) return 'storage-failed';
  if (error.name !== 'ReplyError') return 'redis-unreachable';
  const [word = ''] = error.message.replace(/^ERR /, '').split(' ', 1);
  return ANSWERS[word] ?? 'storage-failed';
}
