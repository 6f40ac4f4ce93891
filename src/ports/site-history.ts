import type { CrawlHead, CrawlList, PageChanges, UnseenPages } from '../model/history.ts';
import type { ListQuery } from '../model/list-query.ts';

/**
 * Reads what earlier crawls stored. Of each page that a crawl stored the map keeps which content it had, by reference:
 * pages that do not change cost a reference per crawl. A removed page stays under its URL, with its sections as they were,
 * but has no part in structure, search, routes and in-links until a crawl stores it again.
 */
export interface SiteHistory {
  /** Null for an unknown crawl. */
  crawl(crawlId: string): Promise<CrawlHead | null>;
  /** Crawls of the site with this root, the newest first. */
  crawls(site: string, query: ListQuery): Promise<CrawlList>;
  /** Pages whose content differs between two crawls of a site, and those that only one of them stored. */
  changes(from: string, to: string, query: ListQuery): Promise<PageChanges>;
  /** Pages of the crawl's site that are there and that the crawl has not stored. */
  unseen(crawlId: string, query: ListQuery): Promise<UnseenPages>;
}
