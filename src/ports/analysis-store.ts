import type { LayoutList } from '../model/layout-group.ts';
import type { ListQuery } from '../model/list-query.ts';
import type { ObservedListPage } from '../model/paginated-list.ts';
import type { AnalysisBatch, SiteOverview } from '../model/site-overview.ts';

/** Boards and groups of a site. They are worked out by the caller, so that they are the same on all stores. */
export interface AnalysisStore {
  /** Boards that the pages of the crawl's site show, those that are gone left out. */
  observedLists(crawlId: string, query: ListQuery): Promise<ObservedListPage>;
  /** Layouts of the pages of the crawl's site, those that are gone left out. */
  layouts(crawlId: string, query: ListQuery): Promise<LayoutList>;
  /** Stores boards and groups of the crawl's site, in place of what is stored of the same; `at` names the analysis. */
  saveAnalysis(crawlId: string, batch: AnalysisBatch, at: number): Promise<void>;
  /** Removes what is stored of boards and groups of the crawl's site under another `at`. */
  endAnalysis(crawlId: string, at: number): Promise<void>;
  /** Of the site that has this root or page, with at most `boardPages` pages of each board; null if there is none. */
  siteOverview(url: string, boardPages: number): Promise<SiteOverview | null>;
}
