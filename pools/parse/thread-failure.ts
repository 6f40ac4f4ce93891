import { messageOf } from '../../src/core/errors.ts';
import { PageError } from '../../src/core/page-error.ts';

/** Why a thread was lost, in the ledger's terms. All of these are worth another visit. */
export function threadFailure(
  error: unknown,
  limits: { readonly timeoutMs: number; readonly maxHeapMb: number },
) {
  if (error instanceof Error && error.name === 'AbortError')
    return abortFailure(error.cause, limits.timeoutMs);
  if (codeOf(error) === 'ERR_WORKER_OUT_OF_MEMORY') {
    return new PageError('parse-memory', `[parse] needs more than ${limits.maxHeapMb} MB`, about(error));
  }
  return new PageError('crash', `[parse] the thread was lost: ${messageOf(error)}`, about(error));
}

/** For a caller's own abort the reason is `cancelled`. */
export function abortFailure(cause: unknown, timeoutMs: number): PageError {
  const isTimeout = cause instanceof DOMException && cause.name === 'TimeoutError';
  return isTimeout
    ? new PageError('parse-timeout', `[parse] took longer than ${timeoutMs} ms`, about(cause))
    : new PageError('cancelled', '[parse] called off', about(cause));
}

function about(cause: unknown): { readonly retryable: true; readonly cause: unknown } {
  return { retryable: true, cause };
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : null;
}
