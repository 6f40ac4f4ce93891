import { SummaryError } from '../../core/summaries/summary-error.ts';

/** Statuses that every further call would have too. */
const HOPELESS: readonly number[] = [401, 402, 403, 404];
const BUSY: readonly number[] = [408, 409, 425, 429];
/** Sent with 429, although waiting does not help. */
const NO_MONEY = 'insufficient_quota';

/** The parts of the client library's errors that we read. */
interface ClientError {
  readonly status?: unknown;
  readonly code?: unknown;
  readonly headers?: unknown;
}

/**
 * Classifies the error of a failed call. The message has the status alone: messages of servers may repeat the key or the texts.
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
    const isTemporary = BUSY.includes(status) || status >= 500;
    return new SummaryError(isTemporary ? 'busy' : 'unusable', message, {
      retryAt: retryAfter(headers, now),
    });
  }
  return isBrokenResponse(error)
    ? new SummaryError('unusable', 'the answer of the model is not one')
    : new SummaryError('busy', 'the model could not be reached, or the connection broke');
}

/** The client library's errors for a response that is not JSON, has no choice, or is cut off. */
function isBrokenResponse(error: unknown): boolean {
  if (error instanceof SyntaxError) return true;
  if (!(error instanceof Error)) return false;
  return error.constructor.name.endsWith('FinishReasonError') || /^Cannot read propert/.test(error.message);
}

/**
 * Epoch ms of `Retry-After` (RFC 9110 §10.2.3: seconds or a date), or by OpenAI's own `retry-after-ms`; null without
 * a valid one.
 */
function retryAfter(headers: unknown, now: number): number | null {
  if (!(headers instanceof Headers)) return null;
  const ms = headers.get('retry-after-ms')?.trim() ?? '';
  if (/^\d{1,9}(?:\.\d{1,9})?$/.test(ms)) return now + Number(ms);
  const value = headers.get('retry-after')?.trim() ?? '';
  if (/^\d{1,9}(?:\.\d{1,9})?$/.test(value)) return now + Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? null : date;
}
