import type { UrlState } from './frontier-url.ts';
import type { UrlReason } from './reason.ts';

/** What became of one page of a board. */
export interface ListPageResult {
  readonly page: number;
  readonly url: string;
  readonly state: UrlState;
  readonly reason: UrlReason | null;
  /** Null if the page is not in the map. */
  readonly title: string | null;
  readonly sections: number;
}

/** What a pagination task has to tell beside the figures of its crawl. */
export interface PaginationResult {
  readonly strategy: 'all' | 'representative' | 'sampling';
  /** Numbers of the pages that were visited with success, ascending. */
  readonly pages: readonly number[];
  /** In the order of the page numbers; of large boards the first ones. */
  readonly results: readonly ListPageResult[];
}

/** The summaries of a crawl, counted over distinct texts: sections with equal content are one. Names are the API's. */
export interface SummaryReport {
  /** Made for this crawl. */
  readonly made: number;
  /** There already: from an earlier crawl, or for the same text elsewhere. */
  readonly cached: number;
  /** Without a summary; a later crawl makes them. */
  readonly missing: number;
  /** To a model, failed ones too. */
  readonly calls: number;
  readonly tokens: number;
  /** `extractive`, or the name of the model. */
  readonly by: string;
}

/** Result of a finished crawl. Names are the API's. */
export interface TaskResult {
  readonly status: 'completed';
  readonly url: string;
  readonly pagesCrawled: number;
  readonly pagesFailed: number;
  readonly pagesSkipped: number;
  readonly sections: number;
  readonly links: number;
  readonly totalNodes: number;
  /** Lists in many pages that the site has. */
  readonly paginatedLists?: number;
  /** Groups of pages of one layout that the site has. */
  readonly groups?: number;
  /** Seconds that the crawl ran, over all its runs. */
  readonly executionTime: number;
  readonly pagesPerSecond: number;
  /** Final states other than done, counted by reason. */
  readonly reasons: Readonly<Record<string, number>>;
  /** Why the crawl ended before its frontier was empty; null if it did not. */
  readonly endedEarly: string | null;
  /** Pages of earlier crawls that are gone from the site; not of a pagination task. */
  readonly pagesRemoved?: number;
  /** Of a pagination task alone. */
  readonly pagination?: PaginationResult;
  /** Where the task asked for summaries. */
  readonly summaries?: SummaryReport;
}
