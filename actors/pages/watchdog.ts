import type { UrlReason } from '../../src/model/reason.ts';
import type { Clock } from '../../src/ports/clock.ts';

export interface WatchdogLimits {
  /** Milliseconds that the crawl may still run. */
  readonly runMs: number;
  /** Milliseconds without a settled page after which the crawl ends. */
  readonly idleMs: number;
}

/** How often the whole crawl is looked at: other processes may be settling its pages. */
const LOOK_MS = 5000;

/** Ends a crawl that has run for too long, or in which nothing moves any more, in whatever process. */
export class Watchdog {
  readonly #clock: Clock;
  readonly #limits: WatchdogLimits;
  readonly #settled: () => Promise<number>;
  readonly #bite: (reason: UrlReason) => void;
  readonly #cancelRunTimer: () => void;
  #cancelIdleTimer: () => void;
  #cancelLookTimer: () => void = () => {};
  #lastSettled = 0;
  #stopped = false;

  /** `settled` answers how many pages of the crawl are settled. */
  constructor(
    clock: Clock,
    limits: WatchdogLimits,
    settled: () => Promise<number>,
    bite: (reason: UrlReason) => void,
  ) {
    this.#clock = clock;
    this.#limits = limits;
    this.#settled = settled;
    this.#bite = bite;
    this.#cancelRunTimer = clock.after(Math.max(0, limits.runMs), () => bite('limit-time'));
    this.#cancelIdleTimer = this.#watchIdle();
    this.#lookLater();
  }

  /** A page was settled. */
  moved(): void {
    if (this.#stopped) return;
    this.#cancelIdleTimer();
    this.#cancelIdleTimer = this.#watchIdle();
  }

  stop(): void {
    this.#stopped = true;
    this.#cancelRunTimer();
    this.#cancelIdleTimer();
    this.#cancelLookTimer();
  }

  #lookLater(): void {
    if (this.#stopped) return;
    this.#cancelLookTimer = this.#clock.after(LOOK_MS, () => void this.#look().then(() => this.#lookLater()));
  }

  /** A store that does not answer is no sign of movement. */
  async #look(): Promise<void> {
    const settled = await this.#settled().catch(() => this.#lastSettled);
    if (settled !== this.#lastSettled) this.moved();
    this.#lastSettled = settled;
  }

  #watchIdle(): () => void {
    return this.#clock.after(this.#limits.idleMs, () => this.#bite('no-progress'));
  }
}
