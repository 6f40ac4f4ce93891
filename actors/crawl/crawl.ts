import type { ActorFigures } from '../../src/core/actor/figures.ts';
import { STAGES } from '../../src/core/crawl/progress.ts';
import { WaymarkError } from '../../src/core/errors.ts';
import { isOutage, retryWhileUnavailable } from '../../src/core/retry-while-unavailable.ts';
import { canonicalUrl } from '../../src/core/url/canonical-url.ts';
import { compileScope } from '../../src/core/url/scope.ts';
import type { CrawlOptions, ScopeRules } from '../../src/model/crawl-options.ts';
import type { TaskProgress, TaskRecord, TaskSpec } from '../../src/model/task.ts';
import type { Frontier, FrontierStore } from '../../src/ports/frontier.ts';
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
/** Helpers that were killed hold their pages until the leases run out. */
const HELPERS_END_MS = LEASE_MS * 2;

/**
 * One run of one crawl: begins it, has its pages visited, and decides how it ended. A helper's run visits pages of a crawl
 * that a leader in another process begins, watches over and concludes.
 */
export class Crawl {
  readonly #run: RunContext;
  readonly #parts: CrawlServices;
  readonly #options: CrawlOptions;
  readonly #seed: string;
  readonly #plan: CrawlPlan;
  readonly #scope: ScopeRules;
  readonly #startedAt: number;
  #visits: PagePipeline | null = null;
  #summariser: SummaryPipeline | null = null;

  constructor(run: RunContext, parts: CrawlServices) {
    const patience = { clock: parts.clock, signal: run.signal, onWait: () => this.#visits?.moved() };
    this.#run = run;
    this.#parts = { ...parts, graph: retryWhileUnavailable(parts.graph, patience) };
    this.#options = run.task.spec.options;
    this.#seed = canonicalSeed(this.#options);
    this.#plan = planOf(run.task.spec, this.#seed);
    this.#scope = parts.scopeOf(this.#options);
    this.#startedAt = parts.clock.now();
  }

  /** Figures of the crawl's actors. */
  figures(): readonly ActorFigures[] {
    const summariser = this.#summariser === null ? [] : [this.#summariser.figures()];
    return [...(this.#visits?.figures() ?? []), ...summariser];
  }

  /**
   * Runs until the frontier is empty, a limit ends the crawl, or the run is stopped. It stops though a store is away:
   * pages that were not stored are visited again by the next run.
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
    await this.#tellStage(STAGES.starting);
    const frontier = await this.#openFrontier();
    this.#summariser = await this.#openSummariser();
    try {
      await this.#visitPages(frontier);
      if (this.#isHelper || this.#isStopped) return { kind: 'stopped' };
      await this.#helpersToEnd(frontier);
      return this.#isStopped ? { kind: 'stopped' } : await this.#conclude(frontier);
    } finally {
      await this.#summariser?.stop();
    }
  }

  async #openFrontier(): Promise<Frontier> {
    const { frontiers, graph, limits, clock } = this.#parts;
    const { task } = this.#run;
    const parts = { frontiers, scope: this.#scope, maxUrls: limits.maxUrls };
    const frontier = await openCrawlFrontier(task, parts);
    if (!this.#isHelper) await graph.openSite({ url: this.#seed, crawlId: task.id, at: clock.now() });
    return frontier;
  }

  /** Beside the crawl, in the process that leads it: the graph lists what others have stored too. */
  async #openSummariser(): Promise<SummaryPipeline | null> {
    if (!this.#options.summarize || this.#isHelper) return null;
    const { graph: store, summarizer, clock, log, limits } = this.#parts;
    return SummaryPipeline.open({
      crawlId: this.#run.task.id,
      store,
      summarizer,
      clock,
      log,
      limits: limits.summaries,
    });
  }

  async #visitPages(frontier: Frontier): Promise<void> {
    const end = new EarlyTermination({ taskId: this.#run.task.id, frontier, log: this.#parts.log });
    this.#visits = await PagePipeline.open({
      run: this.#run,
      services: this.#parts,
      frontier,
      plan: this.#plan,
      scope: this.#scope,
      end,
      summariser: this.#summariser,
    });
    await this.#visits.run(this.#isHelper ? async () => {} : this.#begin(frontier));
    end.throwIfFailed();
  }

  #begin(frontier: Frontier): Begin {
    const { sitemaps, log } = this.#parts;
    return async (robots, signal) => {
      await this.#tellStage(STAGES.discovering);
      const scope = compileScope(this.#scope);
      await this.#plan.begin({ frontier, sitemaps, robots, scope, log, signal });
      await this.#tellStage(STAGES.crawling);
    };
  }

  /** When a crawl is ended early, the pages that helpers have open are handed back before it is concluded. */
  async #helpersToEnd(frontier: Frontier): Promise<void> {
    const { clock } = this.#parts;
    const latest = clock.now() + HELPERS_END_MS;
    while (!this.#isStopped && clock.now() < latest && (await frontier.counts()).active > 0) {
      await new Promise<void>((resolve) => clock.after(HELPERS_POLL_MS, resolve));
    }
  }

  async #conclude(frontier: Frontier): Promise<RunEnd> {
    const result = await concludeCrawl({
      run: this.#run,
      frontier,
      graph: this.#parts.graph,
      plan: this.#plan,
      scope: compileScope(this.#scope),
      summariser: this.#summariser,
      clock: this.#parts.clock,
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

  async #tellStage(stage: TaskProgress): Promise<void> {
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
  /** URLs that one crawl keeps track of. */
  readonly maxUrls: number;
}

/** Opens the frontier of a task's crawl under its options, and lets what it knows follow if they were changed. */
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
export interface CrawlServices extends PageServices {
  readonly frontiers: FrontierStore;
  readonly sitemaps: SitemapReader;
  readonly summarizer: Summarizer;
  readonly scopeOf: (options: CrawlOptions) => ScopeRules;
  readonly limits: CrawlLimits;
}

export interface CrawlLimits extends PageLimits {
  readonly maxUrls: number;
  readonly summaries: SummaryLimits;
}
