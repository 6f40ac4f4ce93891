import type { SummarySpending } from '../../model/summary.ts';

export interface SummaryBounds {
  /** Calls per task. */
  readonly calls: number;
  /** Tokens per task, read and written. */
  readonly tokens: number;
}

/** Keeps the calls of one task within its bounds; open calls count with what they may use. */
export class SummaryBudget {
  readonly #bounds: SummaryBounds;
  #calls: number;
  #tokens: number;
  #reserved = 0;

  /** @param spent what earlier runs of the task have used. */
  constructor(bounds: SummaryBounds, spent: Pick<SummarySpending, 'calls' | 'tokens'>) {
    this.#bounds = bounds;
    this.#calls = spent.calls;
    this.#tokens = spent.tokens;
  }

  get isSpent(): boolean {
    return this.#calls >= this.#bounds.calls || this.#tokens >= this.#bounds.tokens;
  }

  /** Takes one call of about so many tokens; false if that would be too much. */
  take(tokens: number): boolean {
    if (this.#calls >= this.#bounds.calls) return false;
    if (this.#tokens + this.#reserved + tokens > this.#bounds.tokens) return false;
    this.#calls += 1;
    this.#reserved += tokens;
    return true;
  }

  /** A call has ended: `used` tokens instead of those that were taken. */
  settle(taken: number, used: number): void {
    this.#reserved -= taken;
    this.#tokens += used;
  }
}
