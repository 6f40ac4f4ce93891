import type { PageHead, PageQuery } from './page-query.ts';
import type { PagePattern } from './pagination.ts';

/** One page of a board. */
export interface BoardPage {
  /** From 1. */
  readonly page: number;
  readonly url: string;
}

/** Where a page stands in a board. */
export interface BoardPlace {
  /**
   * A `step` of 0: URLs do not tell the number. With `{page}` an opaque mark is in its place; without, a script turns the
   * pages of this one URL.
   */
  readonly pattern: PagePattern;
  /** From 1. */
  readonly page: number;
  /** The largest number that the page names; null if it names none. */
  readonly last: number | null;
}

/** A board as its pages tell of it. */
export interface ShownBoard {
  /** As the first of its pages tells it. */
  readonly pattern: PagePattern;
  /** The largest number that one of its pages names. */
  readonly last: number;
  /** By number, then by URL; at most `MOST_BOARD_PAGES`. */
  readonly pages: readonly BoardPage[];
}

export interface ShownBoardList {
  /** By the URL of their pattern. */
  readonly boards: readonly ShownBoard[];
  readonly next: string | null;
}

/** Pages of one URL template and one fingerprint. */
export interface LayoutKey {
  readonly template: string;
  readonly fingerprint: string;
}

export interface Layout extends LayoutKey {
  readonly pages: number;
  /** The first three URLs by code points. */
  readonly examples: readonly string[];
}

export interface LayoutList {
  /** By template, then by fingerprint, in the order of code points. */
  readonly layouts: readonly Layout[];
  readonly next: string | null;
}

/** A board to be stored. Its pattern's URL is its identity within the site. */
export interface BoardWrite {
  /** A page's URL with `{page}` in place of its number or mark; without, where a script turns the pages of one URL. */
  readonly pattern: string;
  readonly strategy: BoardStrategy;
  /** Pages that it has, as far as is known; null if nothing tells how many follow on those that were visited. */
  readonly total: number | null;
  /** The last page was visited, and names no later one. */
  readonly checked: boolean;
  /** It goes on without end: page after page lists the same. */
  readonly repeats: boolean;
  /** The pages on the map, by number; each leads to the next of them. */
  readonly pages: readonly BoardPage[];
}

/** How the pages on the map stand for a board (DESIGN §1). */
export type BoardStrategy = 'all' | 'representative' | 'sampling';

/** A group to be stored: pages of one layout. Pattern and fingerprint are its identity within the site. */
export interface GroupWrite {
  readonly name: string;
  /** A URL with `*` for what differs. */
  readonly pattern: string;
  readonly fingerprint: string;
  readonly pages: number;
  /** What its pages are found by. */
  readonly layouts: readonly LayoutKey[];
  /** URLs of a few of its pages. */
  readonly examples: readonly string[];
}

export interface AnalysisBatch {
  readonly boards: readonly BoardWrite[];
  readonly groups: readonly GroupWrite[];
}

export interface BoardRow extends Omit<BoardWrite, 'pages'> {
  readonly id: string;
  /** On the map. */
  readonly pageCount: number;
  /** The first ones. */
  readonly pages: readonly (BoardPage & PageHead)[];
}

export interface GroupRow extends Pick<GroupWrite, 'name' | 'pattern' | 'pages'> {
  readonly id: string;
  readonly summary: string | null;
  readonly examples: readonly PageHead[];
}

/** What is known of a site beyond its single pages. */
export interface Arrangement {
  /** At most 100, the largest first (by the pages on the map where the total is unknown), equal ones by pattern. */
  readonly boards: readonly BoardRow[];
  readonly boardCount: number;
  /** At most 100, the largest first, equal ones by pattern, then by fingerprint. */
  readonly groups: readonly GroupRow[];
  readonly groupCount: number;
}

/** Pages of one board that are kept; more are told by their number alone. */
export const MOST_BOARD_PAGES = 10_000;

/** Boards and groups of a site. They are worked out by the caller, so that they are the same on all stores. */
export interface BoardStore {
  /** Boards that the pages of the crawl's site show, those that are gone left out. */
  shownBoards(crawlId: string, query: PageQuery): Promise<ShownBoardList>;
  /** Layouts of the pages of the crawl's site, those that are gone left out. */
  layouts(crawlId: string, query: PageQuery): Promise<LayoutList>;
  /** Stores boards and groups of the crawl's site, in place of what is stored of the same; `at` names the analysis. */
  saveAnalysis(crawlId: string, batch: AnalysisBatch, at: number): Promise<void>;
  /** Removes what is stored of boards and groups of the crawl's site under another `at`. */
  endAnalysis(crawlId: string, at: number): Promise<void>;
  /** Of the site that has this root or page, with at most `boardPages` pages of each board; null if there is none. */
  arrangement(url: string, boardPages: number): Promise<Arrangement | null>;
}
