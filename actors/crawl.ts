import { Actor } from '../src/core/actor/actor.ts';
import type { ActorFigures } from '../src/core/actor/figures.ts';
import { escalateAlways, retryThen, type Supervision } from '../src/core/actor/supervision.ts';
import { crawlingProgress, STAGES } from '../src/core/crawl/progress.ts';
import { WaymarkError } from '../src/core/errors.ts';
import { isOutage } from '../src/core/outage.ts';
import { canonicalUrl } from '../src/core/url/canonical-url.ts';
import { compileScope, type Scope } from '../src/core/url/scope.ts';
import type { Fetcher } from '../src/ports/fetcher.ts';
import type { Frontier, Outcome } from '../src/ports/frontier.ts';
import type { ScopeRules } from '../src/ports/parse-pool.ts';
import type {
  CrawlOptions,
  RunContext,
  RunEnd,
  StopReason,
  TaskProgress,
  TaskSpec,
} from '../src/ports/task-queue.ts';
import type { UrlReason } from '../src/ports/url-reason.ts';
import { BoardPlan } from './board-plan.ts';
import { concludeCrawl } from './conclude-crawl.ts';
import { CrawlBoards } from './crawl-boards.ts';
import type { CrawlParts } from './crawl-parts.ts';
import type { CrawlPlan } from './crawl-plan.ts';
import { HostVisits } from './host-visits.ts';
import { LEASE_MS, LeaseKeeper } from './lease-keeper.ts';
import { openCrawlFrontier } from './open-crawl-frontier.ts';
import { outlastOutages } from './outlast-outages.ts';
import { CrawlPageSink } from './page-sink.ts';
import { CrawlPageSource } from './page-source.ts';
import { Parser, type ParserMessage } from './parser.ts';
import { RobotsKeeper } from './robots-keeper.ts';
import { SitePlan } from './site-plan.ts';
import type { SortedPage } from './sorted-page.ts';
import { Summariser } from './summariser.ts';
import { Watchdog } from './watchdog.ts';
import { type WritablePage, Writer, type WriterMessage, type Written } from './writer.ts';

const WRITE_BATCH = 32;
const WRITE_LINGER_MS = 20;
const PROGRESS_EVERY_MS = 500;
/** Reasons to stop that leave time for the pages that are open. */
const DRAINING: readonly StopReason[] = ['paused', 'relieved'];
const HELPERS_POLL_MS = 100;
/** Helpers that were killed hold their pages until the leases run out. */
const HELPERS_END_MS = LEASE_MS * 2;

/**
 * One run of one crawl: starts its actors, watches over them, and decides how it ended. A helper's run visits pages of a
 * crawl that a leader in another process begins, watches over and concludes.
 */
export class Crawl {
  readonly #run: RunContext;
  readonly #parts: CrawlParts;
  readonly #options: CrawlOptions;
  readonly #seed: string;
  readonly #plan: CrawlPlan;
  readonly #scope: ScopeRules;
  readonly #startedAt: number;
  readonly #ended = new AbortController();
  #figures: () => readonly ActorFigures[] = () => [];
  #failed: { readonly error: unknown } | null = null;
  #reportedAt = 0;
  #summariser: Summariser | null = null;
  #watchdog: Watchdog | null = null;

  constructor(run: RunContext, parts: CrawlParts) {
    this.#run = run;
    this.#parts = {
      ...parts,
      graph: outlastOutages(parts.graph, {
        clock: parts.clock,
        signal: run.signal,
        onWait: () => this.#watchdog?.moved(),
      }),
    };
    this.#options = run.task.spec.options;
    this.#seed = canonicalSeed(this.#options);
    this.#plan = planOf(run.task.spec, this.#seed);
    this.#scope = parts.scopeOf(this.#options);
    this.#startedAt = parts.clock.now();
  }

  /** Figures of the crawl's actors. */
  figures(): readonly ActorFigures[] {
    return this.#figures();
  }

  /**
   * Runs until the frontier is empty, a limit ends the crawl, or the run is stopped. It stops though a store is away:
   * pages that were not stored are visited again by the next run.
   */
  async run(): Promise<RunEnd> {
    try {
      return await this.#runToEnd();
    } catch (error) {
      if (this.#run.signal.aborted && isOutage(error)) return { kind: 'stopped' };
      throw error;
    }
  }

  async #runToEnd(): Promise<RunEnd> {
    await this.#tellStage(STAGES.starting);
    const frontier = await this.#openFrontier();
    this.#summariser = await this.#openSummariser();
    try {
      await this.#visitAll(frontier);
      this.#throwIfFailed();
      if (this.#isHelper || this.#run.signal.aborted) return { kind: 'stopped' };
      await this.#helpersToEnd(frontier);
      if (this.#run.signal.aborted) return { kind: 'stopped' };
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
      return this.#run.signal.aborted ? { kind: 'stopped' } : { kind: 'completed', result };
    } finally {
      await this.#summariser?.stop();
    }
  }

  /** Beside the crawl, in the process that leads it: the graph lists what others have stored too. */
  async #openSummariser(): Promise<Summariser | null> {
    if (!this.#options.summarize || this.#isHelper) return null;
    const { graph: store, summarizer, clock, log, limits } = this.#parts;
    return Summariser.open({
      crawlId: this.#run.task.id,
      store,
      summarizer,
      clock,
      log,
      limits: limits.summaries,
    });
  }

  async #openFrontier(): Promise<Frontier> {
    const { frontiers, graph, limits, clock } = this.#parts;
    const { task } = this.#run;
    const parts = { frontiers, scope: this.#scope, maxUrls: limits.maxUrls };
    const frontier = await openCrawlFrontier(task, parts);
    if (!this.#isHelper) await graph.openSite({ url: this.#seed, crawlId: task.id, at: clock.now() });
    return frontier;
  }

  async #visitAll(frontier: Frontier): Promise<void> {
    const { documents, clock, log, gate, limits, createFetcher } = this.#parts;
    const scope = compileScope(this.#scope);
    const fetcher = await createFetcher(this.#options, (url) => leadsInto(scope, url));
    const robots = new RobotsKeeper(documents, clock, this.#options.robots);
    const leases = new LeaseKeeper(frontier, clock, log);
    const visits = new HostVisits(gate, clock, this.#run.owner, limits.visitMs);
    const watchdog = this.#watch(frontier);
    this.#watchdog = watchdog;
    const boards = new CrawlBoards({ frontier, scope, all: this.#options.boards === 'all' });
    const writer = this.#writer(frontier, leases, fetcher, watchdog, boards);
    const parser = this.#parser(writer);
    this.#figures = () => [parser.figures(), writer.figures(), ...this.#summaryFigures()];
    const rule = { concurrency: this.#options.hostConcurrency, delayMs: this.#options.hostDelayMs };
    const wake = () => fetcher.wake();
    const { owner } = this.#run;
    const source = new CrawlPageSource({
      frontier,
      robots,
      visits,
      leases,
      writer,
      clock,
      owner,
      rule,
      retries: limits.retries,
      verdicts: async (urls) => (this.#followsBoards ? boards.verdicts(urls) : urls.map(() => null)),
      wake,
    });
    const sink = new CrawlPageSink({
      scope,
      robots,
      visits,
      parser,
      writer,
      hashRoutes: this.#options.hashRoutes,
    });
    const stop = this.#stopper(fetcher);
    try {
      const signal = AbortSignal.any([this.#run.signal, this.#ended.signal]);
      if (!this.#isHelper) {
        await this.#tellStage(STAGES.discovering);
        await this.#plan.begin({ frontier, documents, robots, scope, log, signal });
        await this.#tellStage(STAGES.crawling);
      }
      if (!signal.aborted) await fetcher.run(source, sink);
    } finally {
      await source.end();
      await this.#stopActors(parser, writer);
      watchdog?.stop();
      leases.stop();
      stop();
      await frontier.releaseOwner(owner);
      await gate.releaseOwner(owner);
    }
  }

  #summaryFigures(): readonly ActorFigures[] {
    return this.#summariser === null ? [] : [this.#summariser.figures()];
  }

  #writer(
    frontier: Frontier,
    leases: LeaseKeeper,
    fetcher: Fetcher,
    watchdog: Watchdog | null,
    boards: CrawlBoards,
  ): Actor<WriterMessage> {
    const { graph, clock, limits } = this.#parts;
    const onWritten = async (written: Written) => {
      watchdog?.moved();
      fetcher.wake();
      this.#summariser?.wake();
      await this.#tell(written);
      const reason = this.#plan.enough(written.pages);
      if (reason !== null) await this.#endEarly(frontier, reason);
    };
    const parts = {
      crawlId: this.#run.task.id,
      frontier,
      graph,
      leases,
      clock,
      retries: limits.retries,
      sort: (pages: readonly WritablePage[]) => this.#sort(pages, boards),
      onWritten,
    };
    return new Actor<WriterMessage>(
      {
        name: 'writer',
        create: () => new Writer(parts),
        capacity: WRITE_BATCH * 2,
        batchSize: WRITE_BATCH,
        lingerMs: WRITE_LINGER_MS,
        supervision: this.#unlessStopped(
          retryThen({ attempts: 5, delayMs: 200, maxDelayMs: 5000, after: 'escalate' }),
        ),
        onEscalated: (error) => this.#fail(error),
      },
      clock,
    );
  }

  /** A store that is away keeps nobody who was told to stop. */
  #unlessStopped(supervision: Supervision): Supervision {
    return (failure) =>
      this.#run.signal.aborted && isOutage(failure.error) ? { kind: 'escalate' } : supervision(failure);
  }

  async #sort(pages: readonly WritablePage[], boards: CrawlBoards): Promise<readonly SortedPage[]> {
    const linked = pages.map((page) => ({ page, links: this.#plan.linksOf(page) }));
    return this.#followsBoards ? boards.sort(linked) : linked.map(({ links }) => ({ links, board: null }));
  }

  /** A task on one board has its own sample. */
  get #followsBoards(): boolean {
    return this.#run.task.spec.kind === 'crawl';
  }

  #parser(writer: Actor<WriterMessage>): Actor<ParserMessage> {
    const { parsePool, clock, limits } = this.#parts;
    const parts = { pool: parsePool, scope: this.#scope, writer };
    return new Actor<ParserMessage>(
      {
        name: 'parser',
        create: () => new Parser(parts),
        capacity: limits.parseQueue,
        concurrency: limits.parseConcurrency,
        supervision: escalateAlways,
        onEscalated: (error) => this.#fail(error),
      },
      clock,
    );
  }

  /** The limits hold for the crawl as a whole, so its leader alone watches them. */
  #watch(frontier: Frontier): Watchdog | null {
    if (this.#isHelper) return null;
    const { clock, limits } = this.#parts;
    const runMs = this.#options.maxSeconds * 1000 - this.#run.task.ranMs;
    const settled = async () => {
      const { done, failed, skipped } = await frontier.counts();
      return done + failed + skipped;
    };
    return new Watchdog(clock, { runMs, idleMs: limits.idleMs }, settled, (reason: UrlReason) => {
      this.#endEarly(frontier, reason).catch((error: unknown) => this.#fail(error));
    });
  }

  get #isHelper(): boolean {
    return this.#run.role === 'helper';
  }

  async #tellStage(stage: TaskProgress): Promise<void> {
    if (!this.#isHelper) await this.#run.report(stage);
  }

  /** When a crawl is ended early, the pages that helpers have open are handed back before it is concluded. */
  async #helpersToEnd(frontier: Frontier): Promise<void> {
    const { clock } = this.#parts;
    const latest = clock.now() + HELPERS_END_MS;
    while (!this.#run.signal.aborted && clock.now() < latest && (await frontier.counts()).active > 0) {
      await new Promise<void>((resolve) => clock.after(HELPERS_POLL_MS, resolve));
    }
  }

  /** What was not visited yet is settled with this reason. */
  async #endEarly(frontier: Frontier, reason: UrlReason): Promise<void> {
    this.#parts.log.warn('the crawl is ended early', { task: this.#run.task.id, reason });
    await frontier.close(reason);
    this.#ended.abort();
  }

  /** Stops the fetcher when the run is stopped or the crawl is over; answers how to undo the watch. */
  #stopper(fetcher: Fetcher): () => void {
    const halt = () => void fetcher.stop('abort').catch((error: unknown) => this.#fail(error));
    const pause = () =>
      void fetcher.stop(DRAINING.includes(this.#run.signal.reason) ? 'drain' : 'abort').catch(halt);
    this.#ended.signal.addEventListener('abort', halt, { once: true });
    this.#run.signal.addEventListener('abort', pause, { once: true });
    return () => {
      this.#ended.signal.removeEventListener('abort', halt);
      this.#run.signal.removeEventListener('abort', pause);
    };
  }

  /** What was fetched is still written, unless a part has failed; the rest is visited again by the next run. */
  async #stopActors(parser: Actor<ParserMessage>, writer: Actor<WriterMessage>): Promise<void> {
    const how = this.#failed === null ? 'drain' : 'abort';
    await parser.stop(how);
    await writer.stop(how);
  }

  #fail(error: unknown): void {
    this.#failed ??= { error };
    this.#ended.abort();
  }

  #throwIfFailed(): void {
    if (this.#failed !== null) throw this.#failed.error;
  }

  async #tell({ outcomes, report: { counts } }: Written): Promise<void> {
    const { events, clock } = this.#parts;
    await events.append(this.#run.task.id, outcomes.map(pageEvent));
    const now = clock.now();
    if (now - this.#reportedAt < PROGRESS_EVERY_MS) return;
    this.#reportedAt = now;
    await this.#run.report(crawlingProgress(counts, this.#options.maxPages));
  }
}

function planOf(spec: TaskSpec, seed: string): CrawlPlan {
  return spec.kind === 'pagination' ? new BoardPlan(spec) : new SitePlan(seed, spec.options);
}

function canonicalSeed({ url, hashRoutes }: CrawlOptions): string {
  const canonical = canonicalUrl(url, undefined, { hashRoutes });
  if (canonical === null) throw new WaymarkError('bad-url', `not an http or https URL: ${url.slice(0, 200)}`);
  return canonical;
}

function leadsInto(scope: Scope, target: URL): boolean {
  const url = canonicalUrl(target);
  return url !== null && scope.verdict(url) === null;
}

function pageEvent(outcome: Outcome) {
  const { claim, kind } = outcome;
  const reason = 'reason' in outcome ? outcome.reason : null;
  return { type: 'page', data: { url: claim.url, state: kind, reason, depth: claim.depth } } as const;
}
