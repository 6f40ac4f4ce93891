import { SummaryError } from '../../core/summaries/summary-error.ts';
import { retryAfter } from './retry-after.ts';

/** Statuses that are about the caller, not about this call. */
const HOPELESS: readonly number[] = [401, 402, 403, 404];
const BUSY: readonly number[] = [408, 409, 425, 429];
/** Sent with 429, but no wait helps. */
const NO_MONEY = 'insufficient_quota';

/** The parts of the client library's errors that are read. */
interface ClientError {
  readonly status?: unknown;
  readonly code?: unknown;
  readonly headers?: unknown;
}

/**
 * What a failed call means. Says the status alone: messages of servers may repeat the key or the texts.
 *
 * @param now epoch ms.
 */
export function callFailure(error: unknown, timedOut: boolean, now: number): SummaryError {
  if (error instanceof SummaryError) return error;
  if (timedOut) return new SummaryError('busy', 'the model did not answer in time');
  const { status, code, headers } = (typeof error === 'object' && error !== null ? error : {}) as ClientError;
  if (typeof status === 'number') {
    const message = `the model's server answered ${status}`;
    if (HOPELESS.includes(status) || code === NO_MONEY) return new SummaryError('hopeless', message);
    const passes = BUSY.includes(status) || status >= 500;
    return new SummaryError(passes ? 'busy' : 'unusable', message, { retryAt: retryAfter(headers, now) });
  }
  return isBrokenAnswer(error)
    ? new SummaryError('unusable', 'the answer of the model is not one')
    : new SummaryError('busy', 'the model could not be reached, or the connection broke');
}

/** Not JSON, without a choice, or cut off at its length: what the client library makes of such answers. */
function isBrokenAnswer(error: unknown): boolean {
  if (error instanceof SyntaxError) return true;
  if (!(error instanceof Error)) return false;
  return error.constructor.name.endsWith('FinishReasonError') || /^Cannot read propert/.test(error.message);
}
