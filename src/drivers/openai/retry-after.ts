/**
 * Epoch ms named by `Retry-After` (RFC 9110 §10.2.3: seconds or a date), or by OpenAI's own `retry-after-ms`; null if
 * there is none that can be read.
 */
export function retryAfter(headers: unknown, now: number): number | null {
  if (!(headers instanceof Headers)) return null;
  const ms = headers.get('retry-after-ms')?.trim() ?? '';
  if (/^\d{1,9}(?:\.\d{1,9})?$/.test(ms)) return now + Number(ms);
  const value = headers.get('retry-after')?.trim() ?? '';
  if (/^\d{1,9}(?:\.\d{1,9})?$/.test(value)) return now + Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? null : date;
}
