import type { PagePattern } from './pagination.ts';

/** What a page of a board lists. */
export interface BoardList {
  /** From 1. */
  readonly page: number;
  /** Equal for pages that list the same; null for a page that was not visited yet. */
  readonly hash: string | null;
  /** Of boards whose URLs do not tell the number. */
  readonly url?: string;
}

/** A board as far as it is known while its site is crawled. */
export interface BoardTrack {
  /**
   * Its `url` is the board's identity within the crawl. A `step` of 0: an opaque mark is in the place of the number, and
   * pages are counted as they lead to one another.
   */
  readonly pattern: PagePattern;
  /** Grows by one with every change; 1 for a board that was just found. */
  readonly revision: number;
  /** Number of the page that is taken for the last one. */
  readonly last: number;
  /** The largest number that a page has named. */
  readonly named: number;
  /** The last page was visited, and names no later one. */
  readonly checked: boolean;
  /** How often another page had to be taken for the last one. */
  readonly moved: number;
  /** By number, a bounded many. */
  readonly lists: readonly BoardList[];
  /** From this page on, page after page lists the same; null if that was not seen. */
  readonly repeatsFrom: number | null;
}
