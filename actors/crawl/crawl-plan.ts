import type { Scope } from '../../src/core/url/scope.ts';
import type { TaskResult } from '../../src/model/task-result.ts';
import type { Frontier } from '../../src/ports/frontier.ts';
import type { GraphStore } from '../../src/ports/graph-store.ts';
import type { Logger } from '../../src/ports/logger.ts';
import type { SitemapReader } from '../../src/ports/sitemap-reader.ts';
import type { PagePlan } from '../pages/page-pipeline.ts';
import type { RobotsCache } from '../politeness/robots-cache.ts';

/** What a plan begins with. */
export interface PlanStart {
  readonly frontier: Frontier;
  readonly sitemaps: SitemapReader;
  readonly robots: RobotsCache;
  readonly scope: Scope;
  readonly log: Logger;
  readonly signal: AbortSignal;
}

/** Where the results of a crawl are read. */
export interface PlanResults {
  readonly crawlId: string;
  readonly frontier: Frontier;
  readonly graph: GraphStore;
  readonly scope: Scope;
  /** Epoch ms of the crawl's end. */
  readonly at: number;
}

/** What tells one kind of crawl from another: where it begins, where it goes on, when it is enough, what it tells. */
export interface CrawlPlan extends PagePlan {
  /** Adds the URLs that the crawl begins with. Doing it again changes nothing. */
  begin(start: PlanStart): Promise<void>;
  /** What the result holds beside the figures of the crawl. */
  conclude(results: PlanResults): Promise<Pick<TaskResult, 'pagination' | 'pagesRemoved'>>;
}
