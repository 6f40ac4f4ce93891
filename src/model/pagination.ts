/**
 * How a visitor moves on: by `numbered` pages, from neighbour to neighbour (`next-prev`), by a `load-more` control; and
 * where the URL contains it, by a position in the list (`offset`) or by an opaque mark (`cursor`).
 */
export type PaginationKind = 'numbered' | 'next-prev' | 'offset' | 'cursor' | 'load-more';

/** What a pagination was recognised by. */
export type PaginationSign = 'numbers' | 'label' | 'rel' | 'head' | 'section' | 'url' | 'button';

/** The URLs of a paginated list: page `n` has `first + step × (n - 1)` in place of `{page}`. */
export interface PagePattern {
  readonly url: string;
  readonly first: number;
  readonly step: number;
}

/** The pagination that a page shows. */
export interface Pagination {
  readonly kind: PaginationKind;
  /** Null on the last page, and where a script turns the pages without a URL. */
  readonly next: string | null;
  readonly prev: string | null;
  /** From 1; null if the page does not show it. */
  readonly current: number | null;
  /** The largest page number that the page names: an estimate, often too small. */
  readonly last: number | null;
  readonly pattern: PagePattern | null;
  readonly evidence: readonly PaginationSign[];
}

/** The pagination of a page that was read, with what it lists. */
export interface ParsedPagination extends Pagination {
  /** Equal for pages that list the same items, whatever page number they show. */
  readonly listHash: string;
}
