import { Actor } from '../../src/core/actor/actor.ts';
import type { ActorFigures } from '../../src/core/actor/figures.ts';
import { escalateAlways, retryThen, type Supervision } from '../../src/core/actor/supervision.ts';
import { isOutage } from '../../src/core/outage.ts';
import { canonicalUrl } from '../../src/core/url/canonical-url.ts';
import { compileScope, type Scope } from '../../src/core/url/scope.ts';
import type { CrawlOptions, ScopeRules } from '../../src/model/crawl-options.ts';
import type { Fetcher } from '../../src/ports/fetcher.ts';
import type { Frontier } from '../../src/ports/frontier.ts';
import type { RunContext, StopReason } from '../../src/ports/task-queue.ts';
import type { CrawlParts } from '../crawl/crawl-parts.ts';
import type { CrawlPlan } from '../crawl/crawl-plan.ts';
import type { EarlyTermination } from '../crawl/early-termination.ts';
import { ProgressReports } from '../crawl/progress-reports.ts';
import { Watchdog } from '../crawl/watchdog.ts';
import { CrawlLists } from '../pagination/crawl-lists.ts';
import { HostVisits } from '../politeness/host-visits.ts';
import { RobotsCache } from '../politeness/robots-cache.ts';
import type { Summariser } from '../summaries/summariser.ts';
import { BatchDelay } from './batch-delay.ts';
import { LeaseKeeper } from './lease-keeper.ts';
import { CrawlPageSink } from './page-sink.ts';
import { CrawlPageSource } from './page-source.ts';
import { Parser, type ParserMessage } from './parser.ts';
import { SeenUrls } from './seen-urls.ts';
import type { SortedPage } from './sorted-page.ts';
import { type WritablePage, Writer, type WriterMessage, type Written } from './writer.ts';

const WRITE_BATCH = 32;
/** Reasons to stop that leave time for the pages that are open. */
const DRAINING: readonly StopReason[] = ['paused', 'relieved'];

export interface PageVisitsParts {
  readonly run: RunContext;
  readonly crawl: CrawlParts;
  readonly frontier: Frontier;
  readonly plan: CrawlPlan;
  readonly scope: ScopeRules;
  readonly end: EarlyTermination;
  readonly summariser: Summariser | null;
}

/** What is done before the first visit, by the leader of the crawl. */
export type Begin = (robots: RobotsCache, signal: AbortSignal) => Promise<void>;

/** The visits that one process makes for one crawl: the actors that fetch, parse and write its pages. */
export class PageVisits {
  readonly #parts: PageVisitsParts;
  readonly #scope: Scope;
  readonly #fetcher: Fetcher;
  readonly #robots: RobotsCache;
  readonly #leases: LeaseKeeper;
  readonly #hosts: HostVisits;
  readonly #lists: CrawlLists | null;
  readonly #news: ProgressReports;
  readonly #pace: BatchDelay;
  readonly #watchdog: Watchdog | null;
  readonly #writer: Actor<WriterMessage>;
  readonly #parser: Actor<ParserMessage>;

  private constructor(parts: PageVisitsParts, scope: Scope, fetcher: Fetcher) {
    const { run, frontier } = parts;
    const { documents, clock, log, gate, limits, events } = parts.crawl;
    const { spec } = run.task;
    this.#parts = parts;
    this.#scope = scope;
    this.#fetcher = fetcher;
    this.#robots = new RobotsCache(documents, clock, spec.options.robots);
    this.#leases = new LeaseKeeper(frontier, clock, log);
    this.#hosts = new HostVisits(gate, clock, run.owner, limits.visitMs);
    this.#lists = spec.kind === 'crawl' ? listsOf(frontier, scope, spec.options) : null;
    this.#news = new ProgressReports({ run, events, clock });
    this.#pace = new BatchDelay(spec.options.maxPages);
    this.#watchdog = this.#watch();
    this.#writer = this.#makeWriter();
    this.#parser = this.#makeParser();
  }

  /** Rejects with `browser-not-found`. */
  static async open(parts: PageVisitsParts): Promise<PageVisits> {
    const scope = compileScope(parts.scope);
    const mayFollow = (url: URL) => leadsInto(scope, url);
    return new PageVisits(
      parts,
      scope,
      await parts.crawl.createFetcher(parts.run.task.spec.options, mayFollow),
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
    const { run, end, frontier, crawl } = this.#parts;
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
      await crawl.gate.releaseOwner(run.owner);
    }
  }

  #source(): CrawlPageSource {
    const { run, frontier, crawl } = this.#parts;
    const { hostConcurrency: concurrency, hostDelayMs: delayMs } = run.task.spec.options;
    const lists = this.#lists;
    return new CrawlPageSource({
      frontier,
      robots: this.#robots,
      visits: this.#hosts,
      leases: this.#leases,
      writer: this.#writer,
      clock: crawl.clock,
      owner: run.owner,
      rule: { concurrency, delayMs },
      retries: crawl.limits.retries,
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
    const { run, frontier, crawl, end } = this.#parts;
    const { graph, clock, limits } = crawl;
    const parts = {
      crawlId: run.task.id,
      frontier,
      graph,
      leases: this.#leases,
      clock,
      retries: limits.retries,
      sort: (pages: readonly WritablePage[]) => this.#sort(pages),
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
    const { parsePool, clock, limits } = this.#parts.crawl;
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

  async #sort(pages: readonly WritablePage[]): Promise<readonly SortedPage[]> {
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
    const { clock, limits } = this.#parts.crawl;
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

function listsOf(frontier: Frontier, scope: Scope, { paginatedLists }: CrawlOptions): CrawlLists {
  return new CrawlLists({ frontier, scope, all: paginatedLists === 'all' });
}

function leadsInto(scope: Scope, target: URL): boolean {
  const url = canonicalUrl(target);
  return url !== null && scope.verdict(url) === null;
}
