import type { ParsedPage } from './parse-pool.ts';

/** A page to be stored with all that was found on it. */
export interface PageWrite {
  /** Canonical. */
  readonly url: string;
  readonly depth: number;
  readonly status: number;
  readonly via: 'http' | 'browser';
  readonly fetchedAt: number;
  readonly parsed: ParsedPage;
}

/** A URL that leads to a page stored under another one: a redirect or a duplicate. */
export interface AliasWrite {
  readonly url: string;
  readonly target: string;
}

export interface SiteWrite {
  /** Canonical URL of the seed. */
  readonly url: string;
  readonly crawlId: string;
  /** Epoch ms of the crawl's start. */
  readonly at: number;
}

export interface PageRow {
  readonly url: string;
  readonly title: string;
  readonly description: string | null;
  readonly language: string | null;
  readonly depth: number;
  readonly status: number;
  readonly via: 'http' | 'browser';
  readonly contentHash: string;
  readonly fetchedAt: number;
  readonly sections: number;
  readonly links: number;
  readonly summary: string | null;
}

export interface SectionRow {
  readonly id: string;
  readonly order: number;
  readonly path: string;
  readonly type: string;
  readonly heading: string | null;
  readonly anchor: string | null;
  readonly label: string | null;
  readonly text: string;
  readonly summary: string | null;
}

export interface LinkRow {
  readonly url: string;
  readonly fragment: string;
  readonly text: string;
  readonly role: string;
  readonly section: number;
}

export interface PageDetail extends PageRow {
  readonly sectionRows: readonly SectionRow[];
  readonly linkRows: readonly LinkRow[];
}

export interface GraphCounts {
  readonly pages: number;
  readonly sections: number;
  /** Link occurrences. */
  readonly links: number;
  /** Root, sub-roots, pages and sections. */
  readonly nodes: number;
}

export interface PageQuery {
  readonly cursor: string | null;
  readonly limit: number;
}

export interface PageList {
  readonly pages: readonly PageRow[];
  readonly next: string | null;
}

/** The map. Ids are derived from canonical URL and structural path, so writing twice changes nothing. */
export interface GraphStore {
  /** Registers the crawl of a site; answers the site's id. */
  openSite(site: SiteWrite): Promise<string>;
  /** Stores pages and aliases in one transaction. */
  save(crawlId: string, pages: readonly PageWrite[], aliases: readonly AliasWrite[]): Promise<void>;
  /** Brings up to date what only the whole crawl can tell: the depth of its pages in clicks from the root. Idempotent. */
  finish(crawlId: string): Promise<void>;
  /** Of one crawl. */
  counts(crawlId: string): Promise<GraphCounts>;
  /** Pages of one crawl, in the order of first storage. */
  pages(crawlId: string, query: PageQuery): Promise<PageList>;
  page(url: string): Promise<PageDetail | null>;
}
