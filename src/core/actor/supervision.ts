/** What to do about messages whose handling failed. */
export type Directive =
  /** Handle them again after `delayMs`. */
  | { readonly kind: 'retry'; readonly delayMs: number }
  /** Make a new behaviour, then handle them again after `delayMs`. */
  | { readonly kind: 'restart'; readonly delayMs: number }
  /** Report them as given up and go on with the next. */
  | { readonly kind: 'give-up' }
  /** Stop the actor and tell its supervisor. */
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
  /** Tries of the same messages, the first included. */
  readonly attempts: number;
  /** Wait before the second try; doubled for each further one. */
  readonly delayMs: number;
  readonly maxDelayMs: number;
  readonly after: 'give-up' | 'escalate';
}

/** Tries again with doubling waits, then gives up or escalates. */
export function retryThen(budget: RetryBudget): Supervision {
  return ({ attempt }) =>
    attempt < budget.attempts
      ? { kind: 'restart', delayMs: Math.min(budget.delayMs * 2 ** (attempt - 1), budget.maxDelayMs) }
      : { kind: budget.after };
}

/** The first failure stops the actor. */
export const escalateAlways: Supervision = () => ({ kind: 'escalate' });
