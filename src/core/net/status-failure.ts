import { PageError } from '../ledger/page-error.ts';

const REFUSALS = new Set([401, 403]);
/** Client errors that are worth a retry: RFC 9110 §15.5.9, RFC 8470 §5.2, RFC 6585 §4. */
const TRANSIENT = new Set([408, 425, 429]);

/**
 * The page error for a status; null for success (2xx).
 * 401 and 403 are `blocked` and final; 408, 425, 429 and 5xx are retryable; the rest is final.
 *
 * @param retryAfter the `Retry-After` header, or null.
 * @param now epoch ms.
 */
export function statusFailure(status: number, retryAfter: string | null, now: number): PageError | null {
  if (status >= 200 && status < 300) return null;
  const message = `The server answered ${status}`;
  if (REFUSALS.has(status)) return new PageError('blocked', message, { status });
  const retryable = status >= 500 || TRANSIENT.has(status);
  const retryAt = retryable ? parseRetryAfter(retryAfter, now) : null;
  return new PageError('http-status', message, { status, retryable, retryAt });
}

/** Whether a status means that the server has no such page (RFC 9110 §15.5.5, §15.5.11). */
export function isRemovedStatus(status: number): boolean {
  return status === 404 || status === 410;
}

/** The longest delay of a page by `Retry-After`, in milliseconds. */
export const MAX_RETRY_AFTER_MS = 3_600_000;

const SECONDS = /^\d+$/;
/** The three forms of an HTTP-date (RFC 9110 §5.6.7); the last, asctime, has no zone. */
const HTTP_DATE = /^(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,? \S.{1,40}$/i;

/**
 * When a host accepts requests again, in epoch ms, at most an hour from now (RFC 9110 §10.2.3). Null if the header is
 * missing, malformed or in the past.
 *
 * @param now epoch ms.
 */
export function parseRetryAfter(header: string | null, now: number): number | null {
  const text = header?.trim() ?? '';
  const at = SECONDS.test(text) ? now + Number(text) * 1000 : parseHttpDate(text);
  return at > now ? Math.min(at, now + MAX_RETRY_AFTER_MS) : null;
}

/** Epoch ms; NaN for anything else. */
function parseHttpDate(text: string): number {
  if (!HTTP_DATE.test(text)) return Number.NaN;
  return Date.parse(text.endsWith(' GMT') ? text : `${text} GMT`);
}
