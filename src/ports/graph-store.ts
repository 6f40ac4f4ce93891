import type { LayoutList } from '../model/layout-group.ts';
import type { InLinkList } from '../model/link.ts';
import type { ListQuery } from '../model/list-query.ts';
import type { AliasWrite, PageDetail, PageDetailList, PageList, PageWrite, SaveSize } from '../model/page.ts';
import type { ObservedListPage } from '../model/paginated-list.ts';
import type { MapCounts, SitePages, SiteStructure, SiteWrite, StructureQuery } from '../model/site.ts';
import type { AnalysisBatch, SiteOverview } from '../model/site-overview.ts';
import type { MapSearch } from './map-search.ts';
import type { SiteHistory } from './site-history.ts';
import type { SummaryQueries, SummaryStore } from './summary-store.ts';

/** Writes the map. Ids are derived from canonical URL and structural path, so writing twice changes nothing. */
export interface MapWriter extends Pick<SummaryStore, 'saveSummaries'> {
  /** Registers the crawl of a site; returns the site's id. */
  openSite(site: SiteWrite): Promise<string>;
  /** How much one `save` should hold for the store to stay responsive. */
  saveSize(): Promise<SaveSize>;
  /** Stores pages and aliases in one transaction. Of a page that is there twice the later one counts. */
  save(crawlId: string, pages: readonly PageWrite[], aliases: readonly AliasWrite[]): Promise<void>;
  /**
   * Derives what needs the whole crawl, the depth of its pages in clicks from the root, and notes that the crawl finished
   * at epoch ms `at`. Idempotent.
   */
  finish(crawlId: string, at: number): Promise<void>;
  /** Marks pages of the crawl's site as removed, as of epoch ms `at`; those that the crawl has stored are left. Idempotent. */
  markRemoved(crawlId: string, urls: readonly string[], at: number): Promise<void>;
  /** Stores paginated lists and groups of the crawl's site, in place of the stored ones; `at` names the analysis. */
  saveAnalysis(crawlId: string, batch: AnalysisBatch, at: number): Promise<void>;
  /** Removes paginated lists and groups of the crawl's site that were stored under another `at`. */
  endAnalysis(crawlId: string, at: number): Promise<void>;
}

/** Reads pages, those of a crawl in the order in which it first stored them. */
export interface PageQueries {
  /** Of one crawl; all 0 for an unknown one. */
  counts(crawlId: string): Promise<MapCounts>;
  pages(crawlId: string, query: ListQuery): Promise<PageList>;
  /** Pages with everything on them. May be fewer than `limit` although there are more. */
  pageDetails(crawlId: string, query: ListQuery): Promise<PageDetailList>;
  /** The page that the URL leads to; null without one. */
  page(url: string): Promise<PageDetail | null>;
  /** URLs that the pages under these URLs link to, each once. */
  linkedFrom(urls: readonly string[]): Promise<readonly string[]>;
}

/** Reads the structure of a site. */
export interface StructureQueries {
  /** The outline of the site that has this root or page; null without one. */
  structure(url: string, query: StructureQuery): Promise<SiteStructure | null>;
  /** Of the site that has this root or page, with at most `listPages` pages of each paginated list; null without one. */
  siteOverview(url: string, listPages: number): Promise<SiteOverview | null>;
  /** The links on other pages that lead to this one; null if it is not on the map. */
  inLinks(url: string, query: ListQuery): Promise<InLinkList | null>;
}

/** Reads a whole site, part by part. */
export interface SiteExport {
  /** Pages that are there of the site that has this root or page; null without one. */
  sitePages(url: string, query: ListQuery): Promise<SitePages | null>;
}

/** Reads what the analysis of a site needs. Removed pages are left out. */
export interface AnalysisQueries {
  /** Paginated lists as the pages of the crawl's site show them. */
  observedLists(crawlId: string, query: ListQuery): Promise<ObservedListPage>;
  /** Layouts of the pages of the crawl's site. */
  layouts(crawlId: string, query: ListQuery): Promise<LayoutList>;
}

/** What is read of the map without searching it. */
export interface MapQueries
  extends PageQueries,
    StructureQueries,
    SiteExport,
    AnalysisQueries,
    SiteHistory,
    SummaryQueries {}

/** A whole map, for the wiring: consumers take the slices that they use. */
export interface GraphStore extends MapWriter, MapQueries, MapSearch {}
