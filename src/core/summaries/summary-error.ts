/**
 * What a failed call means for the next one: `busy` may pass, `unusable` is about these texts, `hopeless` is about
 * every call (a wrong key, an unknown model).
 */
export type SummaryFailure = 'busy' | 'unusable' | 'hopeless';

/** Why a call for summaries failed. Its message never holds a key or page text. */
export class SummaryError extends Error {
  override readonly name = 'SummaryError';
  readonly failure: SummaryFailure;
  /** Epoch ms before which the server must not be called (`Retry-After`); null without one. */
  readonly retryAt: number | null;
  /** Tokens that the failed call used all the same. */
  readonly tokens: number;

  constructor(
    failure: SummaryFailure,
    message: string,
    about: { readonly retryAt?: number | null; readonly tokens?: number; readonly cause?: unknown } = {},
  ) {
    super(message, about.cause === undefined ? undefined : { cause: about.cause });
    this.failure = failure;
    this.retryAt = about.retryAt ?? null;
    this.tokens = about.tokens ?? 0;
  }
}
