import type { UrlReason } from '../../src/model/reason.ts';
import type { Clock } from '../../src/ports/clock.ts';

export interface WatchdogParts {
  readonly clock: Clock;
  /** Milliseconds that the crawl may still run. */
  readonly runMs: number;
  /** Milliseconds without a completed page after which the crawl ends. */
  readonly idleMs: number;
  /** Resolves to the number of pages of the crawl that are completed, by whatever process. */
  readonly countCompleted: () => Promise<number>;
  /** Called when a limit is reached. */
  readonly onExpired: (reason: UrlReason) => void;
}

/** How often the counts are read: other processes may complete pages of this crawl. */
const POLL_MS = 5000;

/** Ends a crawl that has run for too long, or in which no process completes a page any more. */
export class Watchdog {
  readonly #parts: WatchdogParts;
  readonly #cancelRunTimer: () => void;
  #cancelIdleTimer: () => void;
  #cancelPollTimer: () => void = () => {};
  #lastCompleted = 0;
  #stopped = false;

  constructor(parts: WatchdogParts) {
    this.#parts = parts;
    const { clock, runMs, onExpired } = parts;
    this.#cancelRunTimer = clock.after(Math.max(0, runMs), () => onExpired('limit-time'));
    this.#cancelIdleTimer = this.#startIdleTimer();
    this.#schedulePoll();
  }

  /** A page was completed, or the crawl waits for a reason that is known. */
  recordProgress(): void {
    if (this.#stopped) return;
    this.#cancelIdleTimer();
    this.#cancelIdleTimer = this.#startIdleTimer();
  }

  stop(): void {
    this.#stopped = true;
    this.#cancelRunTimer();
    this.#cancelIdleTimer();
    this.#cancelPollTimer();
  }

  #schedulePoll(): void {
    if (this.#stopped) return;
    this.#cancelPollTimer = this.#parts.clock.after(
      POLL_MS,
      () => void this.#poll().then(() => this.#schedulePoll()),
    );
  }

  /** An unavailable store does not count as progress. */
  async #poll(): Promise<void> {
    const completed = await this.#parts.countCompleted().catch(() => this.#lastCompleted);
    if (completed !== this.#lastCompleted) this.recordProgress();
    this.#lastCompleted = completed;
  }

  #startIdleTimer(): () => void {
    return this.#parts.clock.after(this.#parts.idleMs, () => this.#parts.onExpired('no-progress'));
  }
}
