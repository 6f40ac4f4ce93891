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
 * What a store reads for the rules of the map (`src/core/map`). A store reads what the arguments name, in the order that
 * a method states: limits, cursors, previews and ranking are arguments or belong to the rules. Every method takes one
 * round trip, or one for each kind of row that it returns.
 */
export interface MapReader {
  readonly pages: PageReader;
  readonly crawls: CrawlReader;
  readonly lists: ListReader;
  readonly summaries: SummaryReader;
}

/** A store's own number of a URL, site, crawl or block. URLs, and so their pages, are numbered in the order in which they were met. */
export type Key = number;

export interface SiteRow extends StoredSite {
  readonly key: Key;
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

/** Pages that are there, or pages that are removed together with those that have lost sections. */
export type PageSelection = 'present' | 'lossy';

export interface SectionRow {
  readonly page: Key;
  readonly section: StoredSection;
}

export interface LinkRow {
  readonly page: Key;
  readonly link: StoredLink;
}

/** Where a link to a page stands: the URL that it names, its block, its place there, and the page and section that show it. */
export type LinkPosition = readonly [target: Key, block: Key, link: number, page: Key, section: number];

export interface InLinkRow {
  readonly position: LinkPosition;
  readonly link: InLink;
}

export interface PageReader {
  /** Sites that have the page that the URL leads to, in no order. `pages` counts what is there. */
  sites(url: string): Promise<readonly SiteRow[]>;
  /** Pages by the URLs that lead to them; a URL without a page is left out. */
  at(urls: readonly string[]): Promise<ReadonlyMap<string, PageRow>>;
  /** The site's pages past this place, by depth, then by key. */
  byDepth(
    site: Key,
    after: { readonly depth: number; readonly key: Key },
    limit: number,
    selection: PageSelection,
  ): Promise<readonly SitePageRow[]>;
  /** The site's pages that are there, past this key, by key. */
  byKey(site: Key, after: Key, limit: number): Promise<readonly PageRow[]>;
  /** Other hosts of the site that have pages, the largest first, equal ones by host. */
  subRoots(site: Key, limit: number): Promise<readonly SubRoot[]>;
  /**
   * Sections that are on the pages, in their order.
   *
   * @param characters of each text at most.
   * @param limit sections of each page at most.
   */
  sections(pages: readonly Key[], characters: number, limit: number): Promise<readonly SectionRow[]>;
  /** Sections that the pages had, by order, then by path. */
  pastSections(pages: readonly Key[], characters: number): Promise<readonly SectionRow[]>;
  /** Links on the pages, in their order, each with the URL of the page that it leads to. */
  links(pages: readonly Key[]): Promise<readonly LinkRow[]>;
  /** The page's own URL and those that lead to it, by key. */
  targets(page: Key): Promise<readonly Key[]>;
  /** Links that name this URL on other pages than `page`, past the position and in the order of positions. */
  inLinks(target: Key, page: Key, after: LinkPosition, limit: number): Promise<readonly InLinkRow[]>;
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

/** Crawls are named by their ids; of an unknown crawl nothing is read. */
export interface CrawlReader {
  /** `subRoots`: hosts of the crawl's pages beside that of the root. */
  counts(crawlId: string): Promise<Omit<MapCounts, 'nodes'> & { readonly subRoots: number }>;
  /** Pages that the crawl stored past this one, in the order of their first storage. */
  pages(crawlId: string, after: number, limit: number): Promise<readonly CrawlPageRow[]>;
  crawl(crawlId: string): Promise<CrawlRow | null>;
  /** Crawls of the site with this root that began before this one, the newest first. */
  before(site: string, key: Key, limit: number): Promise<readonly CrawlRow[]>;
  /** Which content the crawl's pages had, by page, past this one. */
  versions(crawlId: string, after: Key, limit: number): Promise<readonly VersionRow[]>;
  /** The contents of these versions, in no order. */
  contents(versions: readonly VersionRow[]): Promise<readonly ContentRow[]>;
  /** Pages of the crawl's site that are there and that it has not stored, past this one, by key. */
  unseen(
    crawlId: string,
    after: Key,
    limit: number,
  ): Promise<readonly { readonly key: Key; readonly url: string }[]>;
}

/** A page that shows a paginated list. */
export interface ListPageRow extends ListPage {
  readonly pattern: PagePattern;
}

/** Pages that are removed have no part in lists and layouts. */
export interface ListReader {
  /** URLs of the patterns of lists on the crawl's site past this one, each with the largest number that a page names. */
  patterns(
    crawlId: string,
    after: string,
    limit: number,
  ): Promise<readonly { readonly url: string; readonly last: number }[]>;
  /** Pages of the lists with these patterns, by number, then by URL; of each at most `limit`. */
  pages(crawlId: string, patterns: readonly string[], limit: number): Promise<readonly ListPageRow[]>;
  /** Layouts of the crawl's site past this one, by template, then by fingerprint, with the first URLs as examples. */
  layouts(crawlId: string, after: LayoutKey, limit: number, examples: number): Promise<readonly Layout[]>;
  /** The lists and groups of a site, in the order of `SiteOverview`, at most `limit` of each. */
  overview(site: Key, limit: number, listPages: number): Promise<SiteOverview>;
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

export interface SummaryReader {
  /** When the page was stored that is so many pages further on, or the crawl's last one; null if none follows. */
  storedAfter(crawlId: string, at: number, count: number): Promise<number | null>;
  /** Sections with a text and no summary of the variant, on pages stored from `after.at` to `until`, past `after.order`. */
  sections(
    crawlId: string,
    variant: string,
    range: { readonly at: number; readonly order: number; readonly until: number },
    size: { readonly limit: number; readonly characters: number },
  ): Promise<readonly SectionSubjectRow[]>;
  /** Pages without a summary of the variant that were stored after this one, with their first sections that have a text. */
  pages(
    crawlId: string,
    variant: string,
    after: number,
    size: { readonly limit: number; readonly parts: number; readonly characters: number },
  ): Promise<readonly PageSubjectRow[]>;
  /** Groups of the crawl's site past this id, by id, each with its first pages. */
  groups(crawlId: string, after: string, limit: number, pages: number): Promise<readonly SumRow[]>;
  /** The crawl's site with its first pages; null if it is unknown. */
  site(crawlId: string, pages: number): Promise<SumRow | null>;
  /** Of the crawl's pages, its distinct sections with a text, its site's groups, and the site if it has a page. */
  coverage(crawlId: string, variant: string): Promise<readonly Covered[]>;
  /** Cached texts by key. */
  cached(keys: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Null for an unknown crawl. */
  spending(crawlId: string): Promise<SummarySpending | null>;
}
