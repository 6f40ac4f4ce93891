/** Pages are claimed for so many milliseconds ahead of their visits. */
const AHEAD_MS = 10;
/** At most so many at once, whatever the pace. */
const MOST = 8;
/** Share of the newest gap in the mean. */
const WEIGHT = 0.2;
/** A pause counts no longer than this. */
const LONGEST_GAP_MS = 1000;

/**
 * How many pages are worth claiming at once: as many as will be visited within some milliseconds at the pace of late. A
 * crawl of slow pages claims one at a time and leaves the others to other workers; a fast one saves round trips.
 */
export class Prefetch {
  #gapMs = LONGEST_GAP_MS;
  #lastAt: number | null = null;

  /** A page is handed out now (epoch ms). */
  note(now: number): void {
    const gap = this.#lastAt === null ? LONGEST_GAP_MS : Math.min(now - this.#lastAt, LONGEST_GAP_MS);
    this.#gapMs += (gap - this.#gapMs) * WEIGHT;
    this.#lastAt = now;
  }

  /** From 1. */
  get pages(): number {
    return Math.max(1, Math.min(MOST, Math.round(AHEAD_MS / Math.max(this.#gapMs, 1))));
  }
}
