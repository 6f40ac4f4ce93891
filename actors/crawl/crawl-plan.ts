import type { Scope } from '../../src/core/url/scope.ts';
import type { TaskResult } from '../../src/model/task-result.ts';
import type { Frontier } from '../../src/ports/frontier.ts';
import type { MapWriter, PageQueries } from '../../src/ports/graph-store.ts';
import type { Logger } from '../../src/ports/logger.ts';
import type { SiteHistory } from '../../src/ports/site-history.ts';
import type { SitemapReader } from '../../src/ports/sitemap-reader.ts';
import type { PagePlan } from '../pages/page-pipeline.ts';
import type { RobotsCache } from '../politeness/robots-cache.ts';

/** What a plan needs to add its first URLs. */
export interface PlanStart {
  readonly frontier: Frontier;
  readonly sitemaps: SitemapReader;
  readonly robots: RobotsCache;
  readonly scope: Scope;
  readonly log: Logger;
  readonly signal: AbortSignal;
}

/** What a plan reads its part of the result from. */
export interface PlanResults {
  readonly crawlId: string;
  readonly frontier: Frontier;
  readonly graph: PageQueries & Pick<SiteHistory, 'unseen'> & Pick<MapWriter, 'markRemoved'>;
  readonly scope: Scope;
  /** Epoch ms of the crawl's end. */
  readonly at: number;
}

/** What differs between the kinds of crawl: the first URLs, the links to follow, the end, the result. */
export interface CrawlPlan extends PagePlan {
  /** Adds the first URLs. Idempotent. */
  begin(start: PlanStart): Promise<void>;
  /** The part of the result that only this kind of crawl has. */
  conclude(results: PlanResults): Promise<Pick<TaskResult, 'pagination' | 'pagesRemoved'>>;
}
