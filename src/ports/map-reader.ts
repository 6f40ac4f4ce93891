import type { PageHead, SectionHead } from '../model/head.ts';
import type { CrawlHead } from '../model/history.ts';
import type { Layout, LayoutKey } from '../model/layout-group.ts';
import type { InLink, StoredLink } from '../model/link.ts';
import type { StoredPage } from '../model/page.ts';
import type { ListPage } from '../model/paginated-list.ts';
import type { PagePattern } from '../model/pagination.ts';
import type { StoredSection } from '../model/section.ts';
import type { MapCounts, StoredSite, SubRoot } from '../model/site.ts';
import type { SiteOverview } from '../model/site-overview.ts';
import type { SummarySpending } from '../model/summary.ts';

/**
 * What a store reads for the rules of the map (`src/core/map`). A store reads what a query names, in the order that a
 * method states: limits, cursors, previews and ranking belong to the query or to the rules. Every method takes one round
 * trip, or one for each kind of row that it returns. A crawl that the store does not have has no rows.
 */
export interface MapReader {
  readonly pages: PageReader;
  readonly crawls: CrawlReader;
  readonly lists: ListReader;
  readonly summaries: SummaryReader;
}

/** A store's own number of a URL, site, crawl or block. URLs, and so their pages, are numbered as they are met. */
export type Key = number;

/** Rows of a crawl past one of them. */
export interface CrawlRange<Place = number> {
  readonly crawlId: string;
  readonly after: Place;
  readonly limit: number;
}

/** `pages`: those that are present. */
export interface SiteRow extends Omit<StoredSite, 'host' | 'title'> {
  readonly key: Key;
  /** Of the page at the root; null if it has not been stored. */
  readonly title: string | null;
}

export interface PageRow {
  readonly key: Key;
  readonly page: StoredPage;
}

/** A page of a site. */
export interface SitePageRow extends PageRow {
  /** In this site. */
  readonly depth: number;
}

/**
 * Pages that are present, by depth, then by key; the same by key alone; or pages that are removed together with those that
 * have lost sections, by depth, then by key.
 */
export type SitePageList = 'byDepth' | 'byKey' | 'lossyByDepth';

/** Past this depth and key; `byKey` reads no depth. */
export interface SitePageQuery {
  readonly site: Key;
  readonly list: SitePageList;
  readonly depth: number;
  readonly key: Key;
  readonly limit: number;
}

export interface SectionQuery {
  readonly pages: readonly Key[];
  /** Sections that the pages had, instead of those that they have. */
  readonly past: boolean;
  /** Of each text at most. */
  readonly characters: number;
  /** Sections of each page at most. */
  readonly limit: number;
}

export interface SectionRows {
  readonly page: Key;
  /** By order, then by path. */
  readonly sections: readonly StoredSection[];
}

/** Links of a page, or of one of its sections. */
export interface LinkRows {
  readonly page: Key;
  readonly links: readonly StoredLink[];
}

/** Where a link to a page stands: the URL that it names, its block, its place there, and the page and section that show it. */
export type LinkPosition = readonly [target: Key, block: Key, link: number, from: Key, section: number];

/** Links to `target` on other pages than `page`, past the position that the rest names. */
export interface InLinkQuery {
  readonly target: Key;
  readonly page: Key;
  readonly block: Key;
  readonly link: number;
  readonly from: Key;
  readonly section: number;
  readonly limit: number;
}

export interface InLinkRow {
  readonly position: LinkPosition;
  readonly link: InLink;
}

export interface PageReader {
  /** Sites that have the page that the URL leads to, in no order. */
  sites(url: string): Promise<readonly SiteRow[]>;
  /** The page of each URL that leads to one, in no order. */
  at(urls: readonly string[]): Promise<readonly PageRow[]>;
  list(query: SitePageQuery): Promise<readonly SitePageRow[]>;
  /** Hosts of the site that have pages, beside `host`, that of its root; the largest first, equal ones by host. */
  subRoots(query: {
    readonly site: Key;
    readonly host: string;
    readonly limit: number;
  }): Promise<readonly SubRoot[]>;
  sections(query: SectionQuery): Promise<readonly SectionRows[]>;
  /** Links on the pages, in the order of each page, each with the URL of the page that it leads to. */
  links(pages: readonly Key[]): Promise<readonly LinkRows[]>;
  /** The page's own URL and those that lead to it, by key. */
  targets(page: Key): Promise<readonly { readonly key: Key }[]>;
  /** In the order of positions. */
  inLinks(query: InLinkQuery): Promise<readonly InLinkRow[]>;
}

/** A page as it was stored by a crawl. */
export interface CrawlPageRow extends PageRow {
  /** Grows with every page that a crawl stores for the first time. */
  readonly at: number;
}

export interface CrawlRow extends CrawlHead {
  readonly key: Key;
}

/** The content that a page had: `version` is the store's own name for it. */
export interface VersionRow {
  readonly page: Key;
  readonly version: string | number;
}

/** A section of a version; `content` is equal for equal content. */
export type ContentSection = readonly [
  path: string,
  type: string,
  heading: string | null,
  content: string | number,
];

export interface ContentRow extends VersionRow {
  readonly url: string;
  readonly removedSince: number | null;
  readonly title: string;
  readonly sections: readonly ContentSection[];
}

/** Page counts of a crawl; `subRoots`: hosts of its pages beside that of the root. */
export interface CountRow extends Omit<MapCounts, 'nodes'> {
  readonly subRoots: number;
}

export interface CrawlReader {
  counts(crawlId: string): Promise<readonly CountRow[]>;
  /** Pages that the crawl stored, in the order of their first storage. */
  pages(range: CrawlRange): Promise<readonly CrawlPageRow[]>;
  crawl(crawlId: string): Promise<readonly CrawlRow[]>;
  /** Crawls of the site with this root that began before the one with this key, the newest first. */
  before(query: {
    readonly site: string;
    readonly key: Key;
    readonly limit: number;
  }): Promise<readonly CrawlRow[]>;
  /** Which content the crawl's pages had, by page. */
  versions(range: CrawlRange): Promise<readonly VersionRow[]>;
  /** The contents of these versions, in no order. */
  contents(versions: readonly VersionRow[]): Promise<readonly ContentRow[]>;
  /** Pages of the crawl's site that are present and that it has not stored, by key. */
  unseen(range: CrawlRange): Promise<readonly { readonly key: Key; readonly url: string }[]>;
}

/** A page that shows a paginated list. */
export interface ListPageRow extends ListPage {
  readonly pattern: PagePattern;
}

/** A paginated list as pages show it: the URL of its pattern, and the largest number that a page names. */
export interface ListRow {
  readonly url: string;
  readonly last: number;
  /** By number, then by URL. */
  readonly pages: readonly ListPageRow[];
}

/** Removed pages have no part in lists and layouts. */
export interface ListReader {
  /** Lists on the crawl's site, by the URL of their pattern; of each so many pages at most. */
  lists(range: CrawlRange<string> & { readonly pages: number }): Promise<readonly ListRow[]>;
  /** Layouts of the crawl's site past this one, by template, then by fingerprint, with the first URLs as examples. */
  layouts(
    range: Omit<CrawlRange, 'after'> & LayoutKey & { readonly examples: number },
  ): Promise<readonly Layout[]>;
  /** The lists and groups of a site, in the order of `SiteOverview`, at most `limit` of each. */
  overview(query: {
    readonly site: Key;
    readonly limit: number;
    readonly listPages: number;
  }): Promise<SiteOverview>;
}

/** A section without a summary. */
export interface SectionSubjectRow extends Pick<SectionHead, 'order' | 'path'> {
  /** When its page was stored. */
  readonly at: number;
  readonly block: Key;
  /** Heading or label; empty without either. */
  readonly title: string;
  readonly language: string | null;
  readonly text: string;
}

/** A page without a summary; `parts` are its sections, each with its summary, else the beginning of its text. */
export interface PageSubjectRow extends Pick<StoredPage, 'title' | 'description' | 'language'> {
  readonly at: number;
  readonly key: Key;
  readonly parts: readonly (Pick<SectionHead, 'path' | 'heading'> & { readonly text: string })[];
}

/** What a page adds to the summary of a group or site: its summary, else its description. */
export interface SummedPageRow extends Pick<PageHead, 'title'> {
  readonly language: string | null;
  readonly text: string;
}

export interface SumRow {
  readonly id: string | number;
  readonly title: string;
  /** By depth, then by key. */
  readonly pages: readonly SummedPageRow[];
}

export interface Covered {
  readonly found: number;
  readonly summarised: number;
}

/** Sections with a text and no summary of the variant, on pages that the crawl stored from `at` to `until`, past `order`. */
export interface SectionSubjectQuery {
  readonly crawlId: string;
  readonly variant: string;
  readonly at: number;
  readonly order: number;
  readonly until: number;
  readonly limit: number;
  readonly characters: number;
}

/** Pages without a summary of the variant, with so many of their first sections that have a text. */
export interface PageSubjectQuery extends CrawlRange {
  readonly variant: string;
  readonly parts: number;
  readonly characters: number;
}

export interface SummaryReader {
  /** When the page was stored that is so many pages further on, or the crawl's last one; null if none follows. */
  storedAfter(range: CrawlRange): Promise<readonly { readonly at: number | null }[]>;
  sections(query: SectionSubjectQuery): Promise<readonly SectionSubjectRow[]>;
  /** Pages that were stored after one. */
  pages(query: PageSubjectQuery): Promise<readonly PageSubjectRow[]>;
  /** Groups of the crawl's site past this id, by id, or the site itself; each with its first pages. */
  sums(
    level: 'group' | 'site',
    range: CrawlRange<string> & { readonly pages: number },
  ): Promise<readonly SumRow[]>;
  /** Of the crawl's pages, its distinct sections with a text, its site's groups, and the site if it has a page. */
  coverage(query: { readonly crawlId: string; readonly variant: string }): Promise<readonly Covered[]>;
  /** Cached texts. */
  cached(keys: readonly string[]): Promise<readonly { readonly key: string; readonly text: string }[]>;
  spending(crawlId: string): Promise<readonly SummarySpending[]>;
}
