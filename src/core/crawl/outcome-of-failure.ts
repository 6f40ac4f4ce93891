import type { FetchFailure } from '../../model/fetched-page.ts';
import type { Outcome } from '../../model/frontier-url.ts';
import type { UrlReason } from '../../model/reason.ts';

export interface PageRetries {
  /** Visits of one page, the first included. */
  readonly attempts: number;
  /** Wait before the second visit, in milliseconds; doubled for each further one. */
  readonly delayMs: number;
}

/** Pages that are not for the map, as opposed to pages that could not be had. */
const NOT_FOR_THE_MAP: readonly UrlReason[] = ['not-html', 'redirect-out-of-scope', 'robots'];

/** What a failed visit means for the URL: another visit later, or a final state with its reason. */
export function outcomeOfFailure(failure: FetchFailure, retries: PageRetries, now: number): Outcome {
  const { claim, reason, detail, status, target, retryAt } = failure;
  if (NOT_FOR_THE_MAP.includes(reason)) return { kind: 'skipped', claim, reason, target };
  if (!failure.retryable || claim.attempt >= retries.attempts)
    return { kind: 'failed', claim, reason, detail, status };
  const backoff = now + retries.delayMs * 2 ** (claim.attempt - 1);
  return { kind: 'retry', claim, reason, detail, notBefore: Math.max(backoff, retryAt ?? 0) };
}
