import type { CrawlHead, CrawlList, PageChanges, UnseenPages } from '../model/history.ts';
import type { ListQuery } from '../model/list-query.ts';

/**
 * What a graph store remembers of earlier crawls. Of each page that a crawl stored it keeps which content it had, by
 * reference: pages that do not change cost a reference per crawl. A page that is gone stays under its URL, with its
 * sections as they were, but is no part of structure, search, ways and in-links until a crawl stores it again.
 */
export interface SiteHistory {
  /** Null if the map does not know the crawl. */
  crawl(crawlId: string): Promise<CrawlHead | null>;
  /** Crawls of the site with this root, the newest first. */
  crawls(site: string, query: ListQuery): Promise<CrawlList>;
  /** Pages whose content differs between two crawls of a site, and those that only one of them stored. */
  changes(from: string, to: string, query: ListQuery): Promise<PageChanges>;
  /** Pages of the crawl's site that are there and that the crawl has not stored. */
  unseen(crawlId: string, query: ListQuery): Promise<UnseenPages>;
  /** Marks pages of the crawl's site as gone, as of epoch ms `at`; those that the crawl has stored are left. Idempotent. */
  markRemoved(crawlId: string, urls: readonly string[], at: number): Promise<void>;
}
