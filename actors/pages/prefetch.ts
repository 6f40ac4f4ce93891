/** Pages are claimed for this many milliseconds ahead of their visits. */
const AHEAD_MS = 10;
const MAX_PAGES = 8;
/** Weight of the newest interval in the moving average. */
const WEIGHT = 0.2;
/** Longer intervals count as this one. */
const MAX_INTERVAL_MS = 1000;

/**
 * How many pages to claim at once: as many as will be visited within `AHEAD_MS` at the current rate. A crawl of slow pages
 * claims one at a time and leaves the others to other workers; a fast one saves round trips.
 */
export class Prefetch {
  #intervalMs = MAX_INTERVAL_MS;
  #lastAt: number | null = null;

  /** Records that the source hands out a page now (epoch ms). */
  note(now: number): void {
    const interval = this.#lastAt === null ? MAX_INTERVAL_MS : Math.min(now - this.#lastAt, MAX_INTERVAL_MS);
    this.#intervalMs += (interval - this.#intervalMs) * WEIGHT;
    this.#lastAt = now;
  }

  /** From 1 to 8. */
  get pages(): number {
    return Math.max(1, Math.min(MAX_PAGES, Math.round(AHEAD_MS / Math.max(this.#intervalMs, 1))));
  }
}
