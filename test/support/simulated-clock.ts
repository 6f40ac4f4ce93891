import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from '../../src/ports/clock.ts';

interface Timer {
  readonly at: number;
  readonly task: () => void;
}

/** A clock that advances only when a test calls `advance`. */
export class SimulatedClock implements Clock {
  readonly #timers = new Set<Timer>();
  #now: number;

  /** `now` is epoch ms. */
  constructor(now = 1_000_000_000_000) {
    this.#now = now;
  }

  /** Number of pending timers. */
  get timers(): number {
    return this.#timers.size;
  }

  now(): number {
    return this.#now;
  }

  after(ms: number, task: () => void): () => void {
    const timer: Timer = { at: this.#now + Math.max(0, ms), task };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  /**
   * Advances the clock by `ms` milliseconds. Runs due timers in order, and all promise reactions between two timers, so
   * that timers set by these run too.
   */
  async advance(ms: number): Promise<void> {
    const until = this.#now + ms;
    await nextTurn();
    for (let timer = this.#next(until); timer !== undefined; timer = this.#next(until)) {
      this.#timers.delete(timer);
      this.#now = timer.at;
      timer.task();
      await nextTurn();
    }
    this.#now = until;
  }

  /** The earliest timer due by then; of timers due at the same time, the one set first. */
  #next(until: number): Timer | undefined {
    let next: Timer | undefined;
    for (const timer of this.#timers) {
      if (timer.at <= until && (next === undefined || timer.at < next.at)) next = timer;
    }
    return next;
  }
}
