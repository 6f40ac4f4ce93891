import type { PageError } from '../../src/core/page-error.ts';
import type { FetchFailure } from '../../src/ports/fetcher.ts';
import type { Claim } from '../../src/ports/frontier.ts';

/** A page's error as the sink takes it. */
export function pageFailure(claim: Claim, error: PageError): FetchFailure {
  const { reason, message, status, retryable, target, retryAt } = error;
  return { claim, reason, detail: message, status, retryable, target, retryAt };
}
