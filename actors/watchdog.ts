import type { Clock } from '../src/ports/clock.ts';
import type { UrlReason } from '../src/ports/url-reason.ts';

export interface WatchdogLimits {
  /** Milliseconds that the crawl may still run. */
  readonly runMs: number;
  /** Milliseconds without a settled page after which the crawl ends. */
  readonly idleMs: number;
}

/** Ends a crawl that has run for too long, or in which nothing moves any more. */
export class Watchdog {
  readonly #clock: Clock;
  readonly #limits: WatchdogLimits;
  readonly #bite: (reason: UrlReason) => void;
  readonly #callOffRun: () => void;
  #callOffIdle: () => void;

  constructor(clock: Clock, limits: WatchdogLimits, bite: (reason: UrlReason) => void) {
    this.#clock = clock;
    this.#limits = limits;
    this.#bite = bite;
    this.#callOffRun = clock.after(Math.max(0, limits.runMs), () => bite('limit-time'));
    this.#callOffIdle = this.#watchIdle();
  }

  /** A page was settled. */
  moved(): void {
    this.#callOffIdle();
    this.#callOffIdle = this.#watchIdle();
  }

  stop(): void {
    this.#callOffRun();
    this.#callOffIdle();
  }

  #watchIdle(): () => void {
    return this.#clock.after(this.#limits.idleMs, () => this.#bite('no-progress'));
  }
}
