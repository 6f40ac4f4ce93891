/** What to do about messages whose handling failed. */
export type Directive =
  /** Handle them again after `delayMs`. */
  | { readonly kind: 'retry'; readonly delayMs: number }
  /** Create a new behaviour, then handle them again after `delayMs`. */
  | { readonly kind: 'restart'; readonly delayMs: number }
  /** Report them as given up and go on with the next. */
  | { readonly kind: 'give-up' }
  /** Stop the actor and call `onEscalated`. */
  | { readonly kind: 'escalate' };

export interface Failure {
  readonly error: unknown;
  /** Failures of these messages so far, this one included. */
  readonly attempt: number;
  /** Failures of the actor since a batch last succeeded, this one included. */
  readonly inARow: number;
}

export type Supervision = (failure: Failure) => Directive;

export interface RetryBudget {
  /** Attempts for the same messages, the first included. */
  readonly attempts: number;
  /** Delay before the second attempt; doubled for each further one. */
  readonly delayMs: number;
  readonly maxDelayMs: number;
  readonly after: 'give-up' | 'escalate';
}

/** Retries with doubling delays, then gives up or escalates. */
export function retryThen(budget: RetryBudget): Supervision {
  return ({ attempt }) =>
    attempt < budget.attempts
      ? { kind: 'restart', delayMs: Math.min(budget.delayMs * 2 ** (attempt - 1), budget.maxDelayMs) }
      : { kind: budget.after };
}

/** The first failure stops the actor. */
export const escalateAlways: Supervision = () => ({ kind: 'escalate' });
