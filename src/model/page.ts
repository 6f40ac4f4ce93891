import type { StoredLink } from './link.ts';
import type { ListPosition } from './paginated-list.ts';
import type { ParsedPage } from './parsed-page.ts';
import type { StoredSection } from './section.ts';

/** A page to be stored with all that was found on it. */
export interface PageWrite {
  /** Canonical. */
  readonly url: string;
  readonly depth: number;
  readonly status: number;
  readonly via: 'http' | 'browser';
  readonly fetchedAt: number;
  readonly parsed: ParsedPage;
  /** Where it stands in a paginated list. Default: as its pagination says. */
  readonly listPosition?: ListPosition | null;
}

/** How much a store saves in one transaction: pages, rows of sections, links and headings, characters of their texts. */
export interface SaveSize {
  readonly pages: number;
  readonly rows: number;
  readonly characters: number;
}

/** A URL that leads to a page stored under another one: a redirect or a duplicate. */
export interface AliasWrite {
  readonly url: string;
  readonly target: string;
}

export interface PageList {
  readonly pages: readonly StoredPage[];
  readonly next: string | null;
}

export interface StoredPage {
  readonly url: string;
  readonly title: string;
  readonly description: string | null;
  readonly language: string | null;
  readonly depth: number;
  readonly status: number;
  readonly via: 'http' | 'browser';
  readonly contentHash: string;
  /** Epoch ms of the first time that a crawl stored it. */
  readonly firstSeen: number;
  /** Epoch ms of the last time that a crawl stored it. */
  readonly fetchedAt: number;
  /** Epoch ms since when it is removed; null while it is present. */
  readonly removedSince: number | null;
  readonly sections: number;
  readonly links: number;
  readonly summary: string | null;
}

export interface PageDetail extends StoredPage {
  readonly sectionRows: readonly StoredSection[];
  readonly linkRows: readonly StoredLink[];
}

export interface PageDetailList {
  readonly pages: readonly PageDetail[];
  readonly next: string | null;
}
