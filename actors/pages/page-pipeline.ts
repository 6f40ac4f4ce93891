import type { Actor } from '../../src/core/actor/actor.ts';
import type { ActorMetrics } from '../../src/core/actor/actor-metrics.ts';
import type { PageRetries } from '../../src/core/crawl/outcome-of-failure.ts';
import { compileScope, type Scope } from '../../src/core/url/scope.ts';
import type { CrawlOptions, ScopeRules } from '../../src/model/crawl-options.ts';
import type { VisitedPage } from '../../src/model/fetched-page.ts';
import type { Discovery } from '../../src/model/frontier-url.ts';
import type { UrlReason } from '../../src/model/reason.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { EventLog } from '../../src/ports/event-log.ts';
import type { DocumentClient, Fetcher } from '../../src/ports/fetcher.ts';
import type { Frontier } from '../../src/ports/frontier.ts';
import type { MapWriter } from '../../src/ports/graph-store.ts';
import type { HostGate } from '../../src/ports/host-gate.ts';
import type { Logger } from '../../src/ports/logger.ts';
import type { ParsePool } from '../../src/ports/parse-pool.ts';
import type { RunContext, StopReason } from '../../src/ports/task-queue.ts';
import { BatchedListTracker } from '../pagination/batched-list-tracker.ts';
import type { TrackedPage } from '../pagination/list-tracker.ts';
import { HostPermits } from '../politeness/host-permits.ts';
import { RobotsCache } from '../politeness/robots-cache.ts';
import { BatchDelay } from './batch-delay.ts';
import type { EarlyTermination } from './early-termination.ts';
import { LeaseRenewer } from './lease-renewer.ts';
import { CrawlPageSink } from './page-sink.ts';
import { CrawlPageSource } from './page-source.ts';
import { type ParserMessage, startParser } from './parser.ts';
import { ProgressReporter } from './progress-reporter.ts';
import { Watchdog } from './watchdog.ts';
import { SeenUrls, startWriter, type WriterMessage, type Written } from './writer.ts';

/** Reasons to stop that leave time to finish the pages in progress. */
const DRAINING: readonly StopReason[] = ['paused', 'relieved'];

/** The services that a pipeline uses, and the limits of the process. */
export interface PageServices {
  readonly gate: HostGate;
  readonly graph: Pick<MapWriter, 'save' | 'saveSize'>;
  readonly parsePool: ParsePool;
  readonly documents: DocumentClient;
  readonly events: EventLog;
  readonly clock: Clock;
  readonly log: Logger;
  readonly metrics: ActorMetrics;
  /** Creates the fetcher that the task's options require. Rejects with `browser-not-found`. */
  readonly createFetcher: (options: CrawlOptions, scope: ScopeRules) => Promise<Fetcher>;
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
  readonly termination: EarlyTermination;
  /** Called after each batch of pages is in the graph. */
  readonly onSaved: () => void;
}

/** Runs before the first visit, in the process that leads the crawl. */
export type Begin = (robots: RobotsCache, signal: AbortSignal) => Promise<void>;

/**
 * What one process does for the pages of one crawl: claim (source), fetch, check where the fetch landed (sink), parse,
 * write, complete. This class wires the stages together, starts them and stops them.
 */
export class PagePipeline {
  readonly #parts: PagePipelineParts;
  readonly #scope: Scope;
  readonly #fetcher: Fetcher;
  readonly #robots: RobotsCache;
  readonly #leases: LeaseRenewer;
  readonly #permits: HostPermits;
  readonly #lists: BatchedListTracker | null;
  readonly #reporter: ProgressReporter;
  readonly #batchDelay: BatchDelay;
  readonly #watchdog: Watchdog | null;
  readonly #writer: Actor<WriterMessage>;
  readonly #parser: Actor<ParserMessage>;

  private constructor(parts: PagePipelineParts, scope: Scope, fetcher: Fetcher) {
    const { run, frontier, services } = parts;
    const { documents, clock, log, gate, limits, events } = services;
    const { spec } = run.task;
    this.#parts = parts;
    this.#scope = scope;
    this.#fetcher = fetcher;
    this.#robots = new RobotsCache(documents, clock, spec.options.robots);
    this.#leases = new LeaseRenewer(frontier, clock, log);
    this.#permits = new HostPermits(gate, clock, run.owner, limits.visitMs);
    this.#lists = spec.kind === 'crawl' ? listsOf(frontier, scope, spec.options) : null;
    this.#reporter = new ProgressReporter({ run, events, clock });
    this.#batchDelay = new BatchDelay(spec.options.maxPages);
    this.#watchdog = this.#startWatchdog();
    this.#writer = this.#startWriter();
    this.#parser = this.#startParser();
  }

  /** Rejects with `browser-not-found`. */
  static async open(parts: PagePipelineParts): Promise<PagePipeline> {
    const scope = compileScope(parts.scope);
    const { options } = parts.run.task.spec;
    return new PagePipeline(parts, scope, await parts.services.createFetcher(options, parts.scope));
  }

  /** Signals progress to the watchdog although no page is completed. */
  recordProgress(): void {
    this.#watchdog?.recordProgress();
  }

  /**
   * Runs until the frontier is empty, the crawl is terminated early or the run is stopped, and releases everything that
   * this process holds. Rejects with the first error: what the cleanup throws after it is mostly the same outage.
   */
  async run(begin: Begin): Promise<void> {
    try {
      await this.#runAndCleanUp(begin);
    } catch (error) {
      throw firstError(error);
    }
  }

  /** The cleanup runs from the last entry to the first; each step runs although another one rejects. */
  async #runAndCleanUp(begin: Begin): Promise<void> {
    const { run, termination, frontier, services } = this.#parts;
    const source = this.#createSource();
    await using cleanup = new AsyncDisposableStack();
    cleanup.defer(() => services.gate.releaseOwner(run.owner));
    cleanup.defer(async () => void (await frontier.releaseOwner(run.owner)));
    cleanup.defer(this.#stopWithRun());
    cleanup.defer(() => this.#leases.stop());
    cleanup.defer(() => this.#watchdog?.stop());
    cleanup.defer(() => this.#stopActors());
    cleanup.defer(() => source.end());
    const signal = AbortSignal.any([run.signal, termination.signal]);
    await begin(this.#robots, signal);
    if (!signal.aborted) await this.#fetcher.run(source, this.#createSink());
  }

  #createSource(): CrawlPageSource {
    const { run, frontier, services } = this.#parts;
    const { hostConcurrency: concurrency, hostDelayMs: delayMs } = run.task.spec.options;
    const lists = this.#lists;
    return new CrawlPageSource({
      frontier,
      robots: this.#robots,
      permits: this.#permits,
      leases: this.#leases,
      writer: this.#writer,
      clock: services.clock,
      owner: run.owner,
      rule: { concurrency, delayMs },
      retries: services.limits.retries,
      verdicts: async (urls) => (lists === null ? urls.map(() => null) : lists.verdicts(urls)),
      onDue: () => this.#fetcher.wake(),
    });
  }

  #createSink(): CrawlPageSink {
    return new CrawlPageSink({
      scope: this.#scope,
      robots: this.#robots,
      permits: this.#permits,
      parser: this.#parser,
      writer: this.#writer,
      hashRoutes: this.#parts.run.task.spec.options.hashRoutes,
    });
  }

  #startWriter(): Actor<WriterMessage> {
    const { run, frontier, services, termination } = this.#parts;
    return startWriter({
      crawlId: run.task.id,
      frontier,
      graph: services.graph,
      leases: this.#leases,
      clock: services.clock,
      metrics: services.metrics,
      retries: services.limits.retries,
      track: (pages) => this.#track(pages),
      seen: run.task.spec.options.depth === null ? new SeenUrls() : null,
      lingerMs: () => this.#batchDelay.lingerMs,
      onWritten: (written) => this.#onWritten(written),
      signal: run.signal,
      onEscalated: (error) => termination.fail(error),
    });
  }

  #startParser(): Actor<ParserMessage> {
    const { run, scope, termination, services } = this.#parts;
    const { parsePool, clock, limits, metrics } = services;
    return startParser({
      pool: parsePool,
      task: run.task.id,
      scope,
      writer: this.#writer,
      clock,
      metrics,
      queue: limits.parseQueue,
      concurrency: limits.parseConcurrency,
      onEscalated: (error) => termination.fail(error),
    });
  }

  async #track(pages: readonly VisitedPage[]): Promise<readonly TrackedPage[]> {
    const linked = pages.map((page) => ({ page, links: this.#parts.plan.linksOf(page) }));
    return this.#lists === null
      ? linked.map(({ links }) => ({ links, listPosition: null }))
      : this.#lists.track(linked);
  }

  async #onWritten(written: Written): Promise<void> {
    const { plan, termination, onSaved } = this.#parts;
    this.recordProgress();
    this.#batchDelay.note(written.report.counts);
    this.#fetcher.wake();
    onSaved();
    await this.#reporter.report(written);
    const reason = plan.enough(written.pages);
    if (reason !== null) await termination.terminate(reason);
  }

  /** The limits apply to the crawl as a whole, so only its leader watches them. */
  #startWatchdog(): Watchdog | null {
    const { run, frontier, termination, services } = this.#parts;
    if (run.role === 'helper') return null;
    return new Watchdog({
      clock: services.clock,
      runMs: run.task.spec.options.maxSeconds * 1000 - run.task.ranMs,
      idleMs: services.limits.idleMs,
      countCompleted: async () => {
        const { done, failed, skipped } = await frontier.counts();
        return done + failed + skipped;
      },
      onExpired: (reason) => {
        termination.terminate(reason).catch((error: unknown) => termination.fail(error));
      },
    });
  }

  /** Stops the fetcher when the run is stopped or the crawl is over. Returns the function that removes the listeners. */
  #stopWithRun(): () => void {
    const { run, termination } = this.#parts;
    const abort = () => void this.#fetcher.stop('abort').catch((error: unknown) => termination.fail(error));
    const stop = () =>
      void this.#fetcher.stop(DRAINING.includes(run.signal.reason) ? 'drain' : 'abort').catch(abort);
    termination.signal.addEventListener('abort', abort, { once: true });
    run.signal.addEventListener('abort', stop, { once: true });
    return () => {
      termination.signal.removeEventListener('abort', abort);
      run.signal.removeEventListener('abort', stop);
    };
  }

  /** Fetched pages are still written, unless a part has failed; the next run visits the others again. */
  async #stopActors(): Promise<void> {
    const how = this.#parts.termination.isFailure ? 'abort' : 'drain';
    await this.#parser.stop(how);
    await this.#writer.stop(how);
  }
}

/** Disposal wraps errors in each other, the newest outermost. */
function firstError(error: unknown): unknown {
  return error instanceof SuppressedError ? firstError(error.suppressed) : error;
}

function listsOf(frontier: Frontier, scope: Scope, { paginatedLists }: CrawlOptions): BatchedListTracker {
  return new BatchedListTracker({ frontier, scope, all: paginatedLists === 'all' });
}
