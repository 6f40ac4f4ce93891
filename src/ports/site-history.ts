/** One crawl of a site as the map remembers it. */
export interface CrawlHead {
  /** The crawl's id, which is that of its task. */
  readonly id: string;
  /** URL of the site's root. */
  readonly site: string;
  /** Epoch ms. */
  readonly startedAt: number;
  /** Epoch ms; null while it has not been finished. */
  readonly finishedAt: number | null;
  /** Pages that it stored. */
  readonly pages: number;
}

/** A section as a crawl saw it. */
export interface SectionVersion {
  readonly id: string;
  readonly path: string;
  readonly type: string;
  readonly heading: string | null;
  /** Equal for equal content, within one store. */
  readonly content: string;
}

/** A page as a crawl saw it. */
export interface PageVersion {
  readonly title: string;
  /** In the order of the page. */
  readonly sections: readonly SectionVersion[];
}

/** A page that two crawls saw differently; null on the side that did not store it. */
export interface PageChange {
  readonly url: string;
  readonly before: PageVersion | null;
  readonly after: PageVersion | null;
  /** Epoch ms since when the page is known to be gone; null: it is not known to be gone. */
  readonly goneSince: number | null;
}

export interface HistoryQuery {
  readonly cursor: string | null;
  readonly limit: number;
}

export interface PageChanges {
  /** In an order that stays. May be fewer than asked for although there are more. */
  readonly pages: readonly PageChange[];
  readonly next: string | null;
}

export interface CrawlList {
  readonly crawls: readonly CrawlHead[];
  readonly next: string | null;
}

export interface UnseenPages {
  readonly urls: readonly string[];
  readonly next: string | null;
}

/**
 * What a graph store remembers of earlier crawls. Of each page that a crawl stored it keeps which content it had, by
 * reference: pages that do not change cost a reference per crawl. A page that is gone stays under its URL, with its
 * sections as they were, but is no part of structure, search, ways and in-links until a crawl stores it again.
 */
export interface SiteHistory {
  /** Null if the map does not know the crawl. */
  crawl(crawlId: string): Promise<CrawlHead | null>;
  /** Crawls of the site with this root, the newest first. */
  crawls(site: string, query: HistoryQuery): Promise<CrawlList>;
  /** Pages whose content differs between two crawls of a site, and those that only one of them stored. */
  changes(from: string, to: string, query: HistoryQuery): Promise<PageChanges>;
  /** Pages of the crawl's site that are there and that the crawl has not stored. */
  unseen(crawlId: string, query: HistoryQuery): Promise<UnseenPages>;
  /** Marks pages of the crawl's site as gone, as of epoch ms `at`; those that the crawl has stored are left. Idempotent. */
  markGone(crawlId: string, urls: readonly string[], at: number): Promise<void>;
}
