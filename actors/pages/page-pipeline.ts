import { Actor } from '../../src/core/actor/actor.ts';
import type { ActorFigures } from '../../src/core/actor/figures.ts';
import { escalateAlways, retryThen, type Supervision } from '../../src/core/actor/supervision.ts';
import type { PageRetries } from '../../src/core/crawl/outcome-of-failure.ts';
import { isOutage } from '../../src/core/retry-while-unavailable.ts';
import { canonicalUrl } from '../../src/core/url/canonical-url.ts';
import { compileScope, type Scope } from '../../src/core/url/scope.ts';
import type { CrawlOptions, ScopeRules } from '../../src/model/crawl-options.ts';
import type { VisitedPage } from '../../src/model/fetched-page.ts';
import type { Discovery } from '../../src/model/frontier-url.ts';
import type { UrlReason } from '../../src/model/reason.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { EventLog } from '../../src/ports/event-log.ts';
import type { DocumentClient, Fetcher } from '../../src/ports/fetcher.ts';
import type { Frontier } from '../../src/ports/frontier.ts';
import type { GraphStore } from '../../src/ports/graph-store.ts';
import type { HostGate } from '../../src/ports/host-gate.ts';
import type { Logger } from '../../src/ports/logger.ts';
import type { ParsePool } from '../../src/ports/parse-pool.ts';
import type { RunContext, StopReason } from '../../src/ports/task-queue.ts';
import { BatchedListTracker } from '../pagination/batched-list-tracker.ts';
import type { TrackedPage } from '../pagination/list-tracker.ts';
import { HostPermits } from '../politeness/host-permits.ts';
import { RobotsCache } from '../politeness/robots-cache.ts';
import type { SummaryPipeline } from '../summaries/summary-pipeline.ts';
import { BatchDelay } from './batch-delay.ts';
import type { EarlyTermination } from './early-termination.ts';
import { LeaseRenewer } from './lease-renewer.ts';
import { CrawlPageSink } from './page-sink.ts';
import { CrawlPageSource } from './page-source.ts';
import { Parser, type ParserMessage } from './parser.ts';
import { ProgressReporter } from './progress-reporter.ts';
import { Watchdog } from './watchdog.ts';
import { SeenUrls, Writer, type WriterMessage, type Written } from './writer.ts';

const WRITE_BATCH = 32;
/** Reasons to stop that leave time for the pages that are open. */
const DRAINING: readonly StopReason[] = ['paused', 'relieved'];

/** The services that a pipeline uses, and the limits of the process. */
export interface PageServices {
  readonly gate: HostGate;
  readonly graph: GraphStore;
  readonly parsePool: ParsePool;
  readonly documents: DocumentClient;
  readonly events: EventLog;
  readonly clock: Clock;
  readonly log: Logger;
  /** Creates the fetcher that the task's options require. Rejects with `browser-not-found`. */
  readonly createFetcher: (options: CrawlOptions, mayFollow: (url: URL) => boolean) => Promise<Fetcher>;
  readonly limits: PageLimits;
}

export interface PageLimits {
  readonly retries: PageRetries;
  /** Pages that may wait for a parser thread. */
  readonly parseQueue: number;
  readonly parseConcurrency: number;
  /** Milliseconds without a completed page after which a crawl ends. */
  readonly idleMs: number;
  /** Milliseconds that one visit may hold a permit of its host. */
  readonly visitMs: number;
}

/** The part of a crawl's plan that decides about single pages. */
export interface PagePlan {
  /** The URLs that the crawl goes on to from a page. */
  linksOf(page: VisitedPage): readonly Discovery[];
  /** Called with each batch of written pages. Returns why the crawl ends here, or null. */
  enough(pages: readonly VisitedPage[]): UrlReason | null;
}

export interface PagePipelineParts {
  readonly run: RunContext;
  readonly services: PageServices;
  readonly frontier: Frontier;
  readonly plan: PagePlan;
  readonly scope: ScopeRules;
  readonly end: EarlyTermination;
  readonly summariser: SummaryPipeline | null;
}

/** What is done before the first visit, by the leader of the crawl. */
export type Begin = (robots: RobotsCache, signal: AbortSignal) => Promise<void>;

/** The visits that one process makes for one crawl: the actors that fetch, parse and write its pages. */
export class PagePipeline {
  readonly #parts: PagePipelineParts;
  readonly #scope: Scope;
  readonly #fetcher: Fetcher;
  readonly #robots: RobotsCache;
  readonly #leases: LeaseRenewer;
  readonly #hosts: HostPermits;
  readonly #lists: BatchedListTracker | null;
  readonly #news: ProgressReporter;
  readonly #pace: BatchDelay;
  readonly #watchdog: Watchdog | null;
  readonly #writer: Actor<WriterMessage>;
  readonly #parser: Actor<ParserMessage>;

  private constructor(parts: PagePipelineParts, scope: Scope, fetcher: Fetcher) {
    const { run, frontier } = parts;
    const { documents, clock, log, gate, limits, events } = parts.services;
    const { spec } = run.task;
    this.#parts = parts;
    this.#scope = scope;
    this.#fetcher = fetcher;
    this.#robots = new RobotsCache(documents, clock, spec.options.robots);
    this.#leases = new LeaseRenewer(frontier, clock, log);
    this.#hosts = new HostPermits(gate, clock, run.owner, limits.visitMs);
    this.#lists = spec.kind === 'crawl' ? listsOf(frontier, scope, spec.options) : null;
    this.#news = new ProgressReporter({ run, events, clock });
    this.#pace = new BatchDelay(spec.options.maxPages);
    this.#watchdog = this.#watch();
    this.#writer = this.#makeWriter();
    this.#parser = this.#makeParser();
  }

  /** Rejects with `browser-not-found`. */
  static async open(parts: PagePipelineParts): Promise<PagePipeline> {
    const scope = compileScope(parts.scope);
    const mayFollow = (url: URL) => leadsInto(scope, url);
    return new PagePipeline(
      parts,
      scope,
      await parts.services.createFetcher(parts.run.task.spec.options, mayFollow),
    );
  }

  figures(): readonly ActorFigures[] {
    return [this.#parser.figures(), this.#writer.figures()];
  }

  /** Something goes on, though no page is settled. */
  moved(): void {
    this.#watchdog?.moved();
  }

  /** Runs until the frontier is empty or the run is to end; hands back what it holds. */
  async run(begin: Begin): Promise<void> {
    const { run, end, frontier, services } = this.#parts;
    const source = this.#source();
    const unwatch = this.#stopWithRun();
    try {
      const signal = AbortSignal.any([run.signal, end.signal]);
      await begin(this.#robots, signal);
      if (!signal.aborted) await this.#fetcher.run(source, this.#sink());
    } finally {
      await source.end();
      await this.#stopActors();
      this.#watchdog?.stop();
      this.#leases.stop();
      unwatch();
      await frontier.releaseOwner(run.owner);
      await services.gate.releaseOwner(run.owner);
    }
  }

  #source(): CrawlPageSource {
    const { run, frontier, services } = this.#parts;
    const { hostConcurrency: concurrency, hostDelayMs: delayMs } = run.task.spec.options;
    const lists = this.#lists;
    return new CrawlPageSource({
      frontier,
      robots: this.#robots,
      visits: this.#hosts,
      leases: this.#leases,
      writer: this.#writer,
      clock: services.clock,
      owner: run.owner,
      rule: { concurrency, delayMs },
      retries: services.limits.retries,
      verdicts: async (urls) => (lists === null ? urls.map(() => null) : lists.verdicts(urls)),
      wake: () => this.#fetcher.wake(),
    });
  }

  #sink(): CrawlPageSink {
    return new CrawlPageSink({
      scope: this.#scope,
      robots: this.#robots,
      visits: this.#hosts,
      parser: this.#parser,
      writer: this.#writer,
      hashRoutes: this.#parts.run.task.spec.options.hashRoutes,
    });
  }

  #makeWriter(): Actor<WriterMessage> {
    const { run, frontier, services, end } = this.#parts;
    const { graph, clock, limits } = services;
    const parts = {
      crawlId: run.task.id,
      frontier,
      graph,
      leases: this.#leases,
      clock,
      retries: limits.retries,
      sort: (pages: readonly VisitedPage[]) => this.#sort(pages),
      told: run.task.spec.options.depth === null ? new SeenUrls() : null,
      onWritten: (written: Written) => this.#written(written),
    };
    return new Actor<WriterMessage>(
      {
        name: 'writer',
        create: () => new Writer(parts),
        capacity: WRITE_BATCH * 2,
        batchSize: WRITE_BATCH,
        lingerMs: () => this.#pace.lingerMs,
        supervision: this.#unlessStopped(
          retryThen({ attempts: 5, delayMs: 200, maxDelayMs: 5000, after: 'escalate' }),
        ),
        onEscalated: (error) => end.fail(error),
      },
      clock,
    );
  }

  #makeParser(): Actor<ParserMessage> {
    const { scope, end } = this.#parts;
    const { parsePool, clock, limits } = this.#parts.services;
    const parts = { pool: parsePool, scope, writer: this.#writer };
    return new Actor<ParserMessage>(
      {
        name: 'parser',
        create: () => new Parser(parts),
        capacity: limits.parseQueue,
        concurrency: limits.parseConcurrency,
        supervision: escalateAlways,
        onEscalated: (error) => end.fail(error),
      },
      clock,
    );
  }

  /** A store that is away keeps nobody who was told to stop. */
  #unlessStopped(supervision: Supervision): Supervision {
    const { signal } = this.#parts.run;
    return (failure) =>
      signal.aborted && isOutage(failure.error) ? { kind: 'escalate' } : supervision(failure);
  }

  async #sort(pages: readonly VisitedPage[]): Promise<readonly TrackedPage[]> {
    const linked = pages.map((page) => ({ page, links: this.#parts.plan.linksOf(page) }));
    return this.#lists === null
      ? linked.map(({ links }) => ({ links, listPosition: null }))
      : this.#lists.sort(linked);
  }

  async #written(written: Written): Promise<void> {
    const { plan, end, summariser } = this.#parts;
    this.moved();
    this.#pace.note(written.report.counts);
    this.#fetcher.wake();
    summariser?.wake();
    await this.#news.tell(written);
    const reason = plan.enough(written.pages);
    if (reason !== null) await end.by(reason);
  }

  /** The limits hold for the crawl as a whole, so its leader alone watches them. */
  #watch(): Watchdog | null {
    const { run, frontier, end } = this.#parts;
    const { clock, limits } = this.#parts.services;
    if (run.role === 'helper') return null;
    const runMs = run.task.spec.options.maxSeconds * 1000 - run.task.ranMs;
    const settled = async () => {
      const { done, failed, skipped } = await frontier.counts();
      return done + failed + skipped;
    };
    return new Watchdog(clock, { runMs, idleMs: limits.idleMs }, settled, (reason) => {
      end.by(reason).catch((error: unknown) => end.fail(error));
    });
  }

  /** Stops the fetcher when the run is stopped or the crawl is over; answers how to undo the watch. */
  #stopWithRun(): () => void {
    const { run, end } = this.#parts;
    const halt = () => void this.#fetcher.stop('abort').catch((error: unknown) => end.fail(error));
    const pause = () =>
      void this.#fetcher.stop(DRAINING.includes(run.signal.reason) ? 'drain' : 'abort').catch(halt);
    end.signal.addEventListener('abort', halt, { once: true });
    run.signal.addEventListener('abort', pause, { once: true });
    return () => {
      end.signal.removeEventListener('abort', halt);
      run.signal.removeEventListener('abort', pause);
    };
  }

  /** What was fetched is still written, unless a part has failed; the rest is visited again by the next run. */
  async #stopActors(): Promise<void> {
    const how = this.#parts.end.isFailure ? 'abort' : 'drain';
    await this.#parser.stop(how);
    await this.#writer.stop(how);
  }
}

function listsOf(frontier: Frontier, scope: Scope, { paginatedLists }: CrawlOptions): BatchedListTracker {
  return new BatchedListTracker({ frontier, scope, all: paginatedLists === 'all' });
}

function leadsInto(scope: Scope, target: URL): boolean {
  const url = canonicalUrl(target);
  return url !== null && scope.verdict(url) === null;
}
