import type { UrlState } from './frontier-url.ts';
import type { UrlReason } from './reason.ts';

/** Outcome of one page of a paginated list. */
export interface ListPageResult {
  readonly page: number;
  readonly url: string;
  readonly state: UrlState;
  readonly reason: UrlReason | null;
  /** Null if the page is not in the map. */
  readonly title: string | null;
  readonly sections: number;
}

/** Result of a pagination task, beside the figures of its crawl. */
export interface PaginationResult {
  readonly strategy: 'all' | 'representative' | 'sampling';
  /** Numbers of the successfully visited pages, ascending. */
  readonly pages: readonly number[];
  /** In the order of the page numbers; of a large list only the first ones. */
  readonly results: readonly ListPageResult[];
}

/** Summaries of a crawl. Counts are of distinct texts: sections with equal content count once. */
export interface SummaryReport {
  /** Generated for this crawl. */
  readonly made: number;
  /** Reused from an earlier crawl or from the same text elsewhere. */
  readonly cached: number;
  /** Without a summary; a later crawl generates them. */
  readonly missing: number;
  /** Calls of a model, failed ones included. */
  readonly calls: number;
  readonly tokens: number;
  /** `extractive`, or the name of the model. */
  readonly by: string;
}

/** Result of a completed crawl. */
export interface TaskResult {
  readonly status: 'completed';
  readonly url: string;
  readonly pagesCrawled: number;
  readonly pagesFailed: number;
  readonly pagesSkipped: number;
  readonly sections: number;
  readonly links: number;
  readonly totalNodes: number;
  /** Number of paginated lists. */
  readonly paginatedLists?: number;
  /** Number of groups of pages with one layout. */
  readonly groups?: number;
  /** Running time in seconds, over all runs. */
  readonly executionTime: number;
  readonly pagesPerSecond: number;
  /** Numbers of URLs in a final state other than done, by reason. */
  readonly reasons: Readonly<Record<string, number>>;
  /** Why the crawl terminated early; null if it did not. */
  readonly endedEarly: string | null;
  /** Number of pages of earlier crawls that were removed from the site; absent for a pagination task. */
  readonly pagesRemoved?: number;
  /** Only for a pagination task. */
  readonly pagination?: PaginationResult;
  /** Only if the options have `summarize`. */
  readonly summaries?: SummaryReport;
}
