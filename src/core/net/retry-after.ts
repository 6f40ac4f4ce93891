/** The longest that a `Retry-After` may hold up a page, in milliseconds. */
export const LONGEST_RETRY_AFTER_MS = 3_600_000;

const SECONDS = /^\d+$/;
/** The three forms of an HTTP-date (RFC 9110 §5.6.7); the last, asctime, has no zone. */
const HTTP_DATE = /^(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,? \S.{1,40}$/i;

/**
 * When a host may be asked again, in epoch ms, at most an hour from now (RFC 9110 §10.2.3).
 * Null where the header is missing, malformed or names a time that has passed.
 *
 * @param now epoch ms.
 */
export function parseRetryAfter(header: string | null, now: number): number | null {
  const text = header?.trim() ?? '';
  const at = SECONDS.test(text) ? now + Number(text) * 1000 : parseHttpDate(text);
  return at > now ? Math.min(at, now + LONGEST_RETRY_AFTER_MS) : null;
}

/** Epoch ms; NaN for anything else. */
function parseHttpDate(text: string): number {
  if (!HTTP_DATE.test(text)) return Number.NaN;
  return Date.parse(text.endsWith(' GMT') ? text : `${text} GMT`);
}
