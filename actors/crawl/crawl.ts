import { STAGES } from '../../src/core/crawl/progress.ts';
import { WaymarkError } from '../../src/core/errors.ts';
import { isOutage, retryWhileUnavailable } from '../../src/core/retry-while-unavailable.ts';
import { canonicalUrl } from '../../src/core/url/canonical-url.ts';
import { compileScope } from '../../src/core/url/scope.ts';
import type { CrawlOptions, ScopeRules } from '../../src/model/crawl-options.ts';
import type { TaskProgress, TaskRecord, TaskSpec } from '../../src/model/task.ts';
import type { Frontier, FrontierStore } from '../../src/ports/frontier.ts';
import type { MapQueries, MapWriter, StructureQueries } from '../../src/ports/graph-store.ts';
import type { SitemapReader } from '../../src/ports/sitemap-reader.ts';
import type { Summarizer } from '../../src/ports/summarizer.ts';
import type { RunContext, RunEnd } from '../../src/ports/task-queue.ts';
import { EarlyTermination } from '../pages/early-termination.ts';
import { LEASE_MS } from '../pages/lease-renewer.ts';
import { type Begin, type PageLimits, PagePipeline, type PageServices } from '../pages/page-pipeline.ts';
import { type SummaryLimits, SummaryPipeline } from '../summaries/summary-pipeline.ts';
import { concludeCrawl } from './conclude-crawl.ts';
import type { CrawlPlan } from './crawl-plan.ts';
import { PaginatedListPlan } from './paginated-list-plan.ts';
import { SitePlan } from './site-plan.ts';

const HELPERS_POLL_MS = 100;
/** Killed helpers hold their pages until the leases expire. */
const HELPERS_END_MS = LEASE_MS * 2;

/**
 * One run of one crawl: starts it, runs the page pipeline, and concludes it. A helper runs the pipeline only; a leader in
 * another process starts, watches and concludes the crawl.
 */
export class Crawl {
  readonly #run: RunContext;
  readonly #services: CrawlServices;
  readonly #options: CrawlOptions;
  readonly #seed: string;
  readonly #plan: CrawlPlan;
  readonly #scope: ScopeRules;
  readonly #startedAt: number;
  #pages: PagePipeline | null = null;
  #summaries: SummaryPipeline | null = null;

  constructor(run: RunContext, services: CrawlServices) {
    const { clock } = services;
    const policy = { clock, signal: run.signal, onWait: () => this.#pages?.recordProgress() };
    this.#run = run;
    this.#services = { ...services, graph: retryWhileUnavailable(services.graph, policy) };
    this.#options = run.task.spec.options;
    this.#seed = canonicalSeed(this.#options);
    this.#plan = planOf(run.task.spec, this.#seed);
    this.#scope = services.scopeOf(this.#options);
    this.#startedAt = clock.now();
  }

  /**
   * Runs until the frontier is empty, a limit ends the crawl, or the run is stopped. It stops even while a store is
   * unavailable: the next run visits the pages again that were not stored.
   */
  async run(): Promise<RunEnd> {
    try {
      return await this.#runToEnd();
    } catch (error) {
      if (this.#isStopped && isOutage(error)) return { kind: 'stopped' };
      throw error;
    }
  }

  async #runToEnd(): Promise<RunEnd> {
    await this.#reportStage(STAGES.starting);
    const frontier = await this.#openFrontier();
    this.#summaries = await this.#openSummariser();
    try {
      await this.#runPipeline(frontier);
      if (this.#isHelper || this.#isStopped) return { kind: 'stopped' };
      await this.#waitForHelpers(frontier);
      return this.#isStopped ? { kind: 'stopped' } : await this.#conclude(frontier);
    } finally {
      await this.#summaries?.stop();
    }
  }

  async #openFrontier(): Promise<Frontier> {
    const { frontiers, graph, limits, clock } = this.#services;
    const { task } = this.#run;
    const parts = { frontiers, scope: this.#scope, maxUrls: limits.maxUrls };
    const frontier = await openCrawlFrontier(task, parts);
    if (!this.#isHelper) await graph.openSite({ url: this.#seed, crawlId: task.id, at: clock.now() });
    return frontier;
  }

  /** Only the leader summarises: the graph also lists what the helpers have stored. */
  async #openSummariser(): Promise<SummaryPipeline | null> {
    if (!this.#options.summarize || this.#isHelper) return null;
    const { graph: store, summarizer, clock, log, metrics, limits } = this.#services;
    return SummaryPipeline.open({
      crawlId: this.#run.task.id,
      store,
      summarizer,
      clock,
      log,
      metrics,
      limits: limits.summaries,
    });
  }

  async #runPipeline(frontier: Frontier): Promise<void> {
    const termination = new EarlyTermination({
      taskId: this.#run.task.id,
      frontier,
      log: this.#services.log,
    });
    this.#pages = await PagePipeline.open({
      run: this.#run,
      services: this.#services,
      frontier,
      plan: this.#plan,
      scope: this.#scope,
      termination,
      onSaved: () => this.#summaries?.notify(),
    });
    await this.#pages.run(this.#isHelper ? async () => {} : this.#begin(frontier));
    termination.throwIfFailed();
  }

  #begin(frontier: Frontier): Begin {
    const { sitemaps, log } = this.#services;
    return async (robots, signal) => {
      await this.#reportStage(STAGES.discovering);
      const scope = compileScope(this.#scope);
      await this.#plan.begin({ frontier, sitemaps, robots, scope, log, signal });
      await this.#reportStage(STAGES.crawling);
    };
  }

  /** After an early termination, the helpers release the pages in progress before the crawl is concluded. */
  async #waitForHelpers(frontier: Frontier): Promise<void> {
    const { clock } = this.#services;
    const latest = clock.now() + HELPERS_END_MS;
    while (!this.#isStopped && clock.now() < latest && (await frontier.counts()).active > 0) {
      await new Promise<void>((resolve) => clock.after(HELPERS_POLL_MS, resolve));
    }
  }

  async #conclude(frontier: Frontier): Promise<RunEnd> {
    const result = await concludeCrawl({
      run: this.#run,
      frontier,
      graph: this.#services.graph,
      plan: this.#plan,
      scope: compileScope(this.#scope),
      summaries: this.#summaries,
      clock: this.#services.clock,
      startedAt: this.#startedAt,
    });
    return this.#isStopped ? { kind: 'stopped' } : { kind: 'completed', result };
  }

  get #isHelper(): boolean {
    return this.#run.role === 'helper';
  }

  get #isStopped(): boolean {
    return this.#run.signal.aborted;
  }

  async #reportStage(stage: TaskProgress): Promise<void> {
    if (!this.#isHelper) await this.#run.report(stage);
  }
}

function planOf(spec: TaskSpec, seed: string): CrawlPlan {
  return spec.kind === 'pagination' ? new PaginatedListPlan(spec) : new SitePlan(seed, spec.options);
}

function canonicalSeed({ url, hashRoutes }: CrawlOptions): string {
  const canonical = canonicalUrl(url, undefined, { hashRoutes });
  if (canonical === null) throw new WaymarkError('bad-url', `not an http or https URL: ${url.slice(0, 200)}`);
  return canonical;
}

export interface CrawlFrontierParts {
  readonly frontiers: FrontierStore;
  readonly scope: ScopeRules;
  /** URLs that the frontier of one crawl holds at most. */
  readonly maxUrls: number;
}

/** Opens the frontier of a task's crawl, and applies the task's options to it if they were changed. */
export async function openCrawlFrontier(
  { id, spec, amendments }: TaskRecord,
  { frontiers, scope, maxUrls }: CrawlFrontierParts,
): Promise<Frontier> {
  const limits = { maxPages: spec.options.maxPages, maxDepth: spec.options.depth, maxUrls };
  const frontier = await frontiers.open(id, limits);
  if (amendments === 0 || spec.kind !== 'crawl') return frontier;
  const { verdict } = compileScope(scope);
  await frontier.amend({ revision: amendments, limits, verdict });
  return frontier;
}

/** The services that a crawl uses, and the limits of the process. */
/** The parts of the map that a crawl uses. */
type CrawlGraph = MapWriter & Omit<MapQueries, keyof StructureQueries>;

export interface CrawlServices extends PageServices {
  readonly graph: CrawlGraph;
  readonly frontiers: FrontierStore;
  readonly sitemaps: SitemapReader;
  readonly summarizer: Summarizer;
  readonly scopeOf: (options: CrawlOptions) => ScopeRules;
  readonly limits: CrawlLimits;
}

export interface CrawlLimits extends PageLimits {
  /** URLs that the frontier of one crawl holds at most. */
  readonly maxUrls: number;
  readonly summaries: SummaryLimits;
}
