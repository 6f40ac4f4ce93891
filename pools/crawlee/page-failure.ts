import type { PageError } from '../../src/core/page-error.ts';
import type { FetchFailure } from '../../src/model/fetched-page.ts';
import type { Claim } from '../../src/model/frontier-url.ts';

/** A page's error as the sink takes it. */
export function pageFailure(claim: Claim, error: PageError): FetchFailure {
  const { reason, message, status, retryable, target, retryAt } = error;
  return { claim, reason, detail: message, status, retryable, target, retryAt };
}
