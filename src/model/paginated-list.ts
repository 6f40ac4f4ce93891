import type { PageHead } from './head.ts';
import type { PagePattern } from './pagination.ts';

/** One page of a paginated list. */
export interface ListPage {
  /** From 1. */
  readonly page: number;
  readonly url: string;
}

/** Where a page stands in a paginated list. */
export interface ListPosition {
  /**
   * A `step` of 0: URLs do not contain the number. With `{page}` an opaque mark is in its place; without, a script turns the
   * pages of this one URL.
   */
  readonly pattern: PagePattern;
  /** From 1. */
  readonly page: number;
  /** The largest number that the page names; null if it names none. */
  readonly last: number | null;
}

/** A paginated list as its pages show it. */
export interface ObservedList {
  /** As its first page shows it. */
  readonly pattern: PagePattern;
  /** The largest number that one of its pages names. */
  readonly last: number;
  /** By number, then by URL; at most `MAX_LIST_PAGES`. */
  readonly pages: readonly ListPage[];
}

export interface ObservedListPage {
  /** By the URL of their pattern. */
  readonly lists: readonly ObservedList[];
  readonly next: string | null;
}

/** A paginated list to be stored. Its pattern's URL is its identity within the site. */
export interface PaginatedListWrite {
  /** A page's URL with `{page}` in place of its number or mark; without, where a script turns the pages of one URL. */
  readonly pattern: string;
  readonly strategy: SamplingStrategy;
  /** Number of its pages; null if it is unknown how many follow the visited ones. */
  readonly total: number | null;
  /** The last page was visited, and names no later one. */
  readonly checked: boolean;
  /** It goes on without end: page after page lists the same. */
  readonly repeats: boolean;
  /** The pages on the map, by number; each leads to the next of them. */
  readonly pages: readonly ListPage[];
}

/** How a crawl samples a paginated list: all pages, the first three and the last, or pages 1, 2, 3, 10, 20 and the last. */
export type SamplingStrategy = 'all' | 'representative' | 'sampling';

export interface PaginatedList extends Omit<PaginatedListWrite, 'pages'> {
  readonly id: string;
  /** On the map. */
  readonly pageCount: number;
  /** The first ones. */
  readonly pages: readonly (ListPage & PageHead)[];
}

/** What a page of a paginated list lists. */
export interface ListContent {
  /** From 1. */
  readonly page: number;
  /** Equal for pages that list the same; null for a page that was not visited yet. */
  readonly hash: string | null;
  /** Of paginated lists whose URLs do not contain the number. */
  readonly url?: string;
}

/** The state of a paginated list while its site is crawled. */
export interface ListTrack {
  /**
   * Its `url` is the list's identity within the crawl. A `step` of 0: an opaque mark is in the place of the number, and
   * pages are counted as they lead to one another.
   */
  readonly pattern: PagePattern;
  /** Grows by one with every change; 1 for a paginated list that was just found. */
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
  readonly lists: readonly ListContent[];
  /** From this page on, page after page lists the same; null if that was not seen. */
  readonly repeatsFrom: number | null;
  /** URL of one of its pages as the site writes it. Absent if that is the canonical form. */
  readonly spelling?: string;
}
