import type { FetchFailure } from '../../model/fetched-page.ts';
import type { Claim } from '../../model/frontier-url.ts';
import type { UrlReason } from '../../model/reason.ts';

/** Why a page could not be fetched or parsed, in the ledger's terms. */
export class PageError extends Error {
  override readonly name = 'PageError';
  readonly reason: UrlReason;
  /** Worth another visit. */
  readonly retryable: boolean;
  /** HTTP status, where one was received. */
  readonly status: number | null;
  /** Where a redirect led that was not followed. */
  readonly target: string | null;
  /** Epoch ms before which the host must not be visited (`Retry-After`). */
  readonly retryAt: number | null;

  constructor(
    reason: UrlReason,
    message: string,
    about: {
      readonly retryable?: boolean;
      readonly status?: number | null;
      readonly target?: string | null;
      readonly retryAt?: number | null;
      readonly cause?: unknown;
    } = {},
  ) {
    super(message, about.cause === undefined ? undefined : { cause: about.cause });
    this.reason = reason;
    this.retryable = about.retryable ?? false;
    this.status = about.status ?? null;
    this.target = about.target ?? null;
    this.retryAt = about.retryAt ?? null;
  }
}

/** The failure that a page's error means for the sink. */
export function pageFailure(claim: Claim, error: PageError): FetchFailure {
  const { reason, message, status, retryable, target, retryAt } = error;
  return { claim, reason, detail: message, status, retryable, target, retryAt };
}
