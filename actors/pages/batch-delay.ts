import type { FrontierCounts } from '../../src/model/frontier-url.ts';

/** Pages that are still to be visited, from which on it is no matter when those of a batch tell their links. */
const PLENTY = 64;
/** How long pages wait for others to be written with them, in milliseconds. */
const SHORT_MS = 20;
const LONG_MS = 2000;

/**
 * How long pages wait to be written together. A transaction costs a store as much as several pages, so while there is
 * plenty to visit pages wait for a batch; else the crawl waits for their links, or its caller for its end.
 */
export class BatchDelay {
  readonly #maxPages: number | null;
  #toCome = 0;

  /** @param maxPages at which the crawl ends; null: when there are no more. */
  constructor(maxPages: number | null) {
    this.#maxPages = maxPages;
  }

  /** The crawl stands so after a batch. */
  note({ pending, active, done }: FrontierCounts): void {
    const allowed = this.#maxPages === null ? pending : this.#maxPages - done - active;
    this.#toCome = Math.min(pending, allowed);
  }

  get lingerMs(): number {
    return this.#toCome >= PLENTY ? LONG_MS : SHORT_MS;
  }
}
