import type { FrontierCounts } from '../../src/model/frontier-url.ts';

/** Above this queue length, delaying a batch cannot starve the fetchers. */
const LONG_QUEUE = 64;
const SHORT_MS = 20;
const LONG_MS = 2000;

/**
 * How long a page waits for others to be written in the same batch. A transaction costs a store as much as several pages,
 * so pages wait long while the queue is long. While it is short, the fetchers wait for the links of the batch, or the
 * caller for the end of the crawl.
 */
export class BatchDelay {
  readonly #maxPages: number | null;
  #queued = 0;

  /** @param maxPages at which the crawl ends; null for no limit. */
  constructor(maxPages: number | null) {
    this.#maxPages = maxPages;
  }

  /** Records the counts of the crawl after a batch. */
  note({ pending, active, done }: FrontierCounts): void {
    const allowed = this.#maxPages === null ? pending : this.#maxPages - done - active;
    this.#queued = Math.min(pending, allowed);
  }

  get lingerMs(): number {
    return this.#queued >= LONG_QUEUE ? LONG_MS : SHORT_MS;
  }
}
