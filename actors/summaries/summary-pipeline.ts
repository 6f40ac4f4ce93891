import { Actor } from '../../src/core/actor/actor.ts';
import type { ActorMetrics } from '../../src/core/actor/actor-metrics.ts';
import { messageOf } from '../../src/core/errors.ts';
import type { PackEntry } from '../../src/core/summaries/call-pack.ts';
import { type SummaryBounds, SummaryBudget } from '../../src/core/summaries/summary-budget.ts';
import type { SummaryLevel } from '../../src/model/summary.ts';
import type { SummaryReport } from '../../src/model/task-result.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Logger } from '../../src/ports/logger.ts';
import type { Summarizer } from '../../src/ports/summarizer.ts';
import type { SummaryStore } from '../../src/ports/summary-store.ts';
import { SummaryQueue } from './summary-queue.ts';
import { SummaryWorker } from './summary-worker.ts';

/** Subjects that are read at once. */
const BATCH = 100;
/** Characters of a text that are summarised: its beginning says what it is about. */
const MAX_CHARACTERS = { section: 3000, page: 4000, group: 8000, site: 8000 } as const;

export interface SummaryLimits extends SummaryBounds {
  /** Calls at once. */
  readonly concurrency: number;
  /** Milliseconds that a crawl waits for its summaries after its last page. */
  readonly finishMs: number;
}

export interface SummaryPipelineParts {
  readonly crawlId: string;
  readonly store: SummaryStore;
  readonly summarizer: Summarizer;
  readonly clock: Clock;
  readonly log: Logger;
  readonly limits: SummaryLimits;
  readonly metrics: ActorMetrics;
}

/**
 * Summarises what a crawl stores, beside the crawl: sections while pages come in, then pages, groups and the site. Its work
 * list is a query on the graph, so a crash loses nothing, and no failure here fails the crawl.
 */
export class SummaryPipeline {
  readonly #parts: SummaryPipelineParts;
  readonly #worker: SummaryWorker;
  readonly #queue: SummaryQueue;
  #calls: Actor<readonly PackEntry[]>;
  #cursor: string | null = null;
  #scanning: Promise<void> | null = null;
  #hasNewPages = false;
  #stopped = false;

  private constructor(parts: SummaryPipelineParts, budget: SummaryBudget) {
    this.#parts = parts;
    const { summarizer, clock, log, crawlId, store } = parts;
    this.#queue = new SummaryQueue({
      crawlId,
      store,
      summarizer,
      send: (pack) => this.#calls.send(pack),
      isReady: () => this.#worker.isReady,
    });
    this.#worker = new SummaryWorker({
      summarizer,
      budget,
      clock,
      save: (results, used) => this.#queue.saveResults(results, used),
      onGivenUp: (entries) => this.#queue.giveUp(entries),
      onPaused: (reason) => log.warn('calls to the summary model are paused', { task: crawlId, reason }),
    });
    this.#calls = this.#startCalls();
  }

  /** The spending of earlier runs of the crawl counts towards the budget. */
  static async open(parts: SummaryPipelineParts): Promise<SummaryPipeline> {
    const spent = await parts.store.summarySpending(parts.crawlId);
    return new SummaryPipeline(parts, new SummaryBudget(parts.limits, spent));
  }

  /** Call this after pages were stored. Returns at once; one scan at a time looks for new subjects. */
  notify(): void {
    this.#hasNewPages = true;
    if (!this.#stopped) this.#scanning ??= this.#scanNew();
  }

  /**
   * Generates the missing summaries after the last page: sections that changed or failed, pages, groups, the site. Ends
   * early after `finishMs`, or when `signal` aborts; the rest then stays without a summary. Never rejects.
   */
  async finish(signal: AbortSignal): Promise<void> {
    const abort = () => void this.#stop('abort');
    const cancelTimer = this.#parts.clock.after(this.#parts.limits.finishMs, abort);
    signal.addEventListener('abort', abort, { once: true });
    try {
      if (signal.aborted) await this.#stop('abort');
      await this.#finishLevels();
    } catch (error) {
      this.#warn(error);
    } finally {
      cancelTimer();
      signal.removeEventListener('abort', abort);
      await this.#stop('abort');
    }
  }

  /** Counts over all runs of the crawl. */
  async report(): Promise<SummaryReport> {
    const { store, crawlId, summarizer } = this.#parts;
    const { summarised, missing } = await store.summaryCoverage(crawlId, summarizer.variant);
    const { made, calls, tokens } = await store.summarySpending(crawlId);
    return { made, cached: Math.max(0, summarised - made), missing, calls, tokens, by: summarizer.by };
  }

  /** Drops queued calls and aborts those that run; the graph still lists their subjects as unsummarised. */
  async stop(): Promise<void> {
    await this.#stop('abort');
    await this.#scanning;
  }

  async #stop(how: 'abort' | 'drain'): Promise<void> {
    this.#stopped = true;
    await this.#calls.stop(how);
  }

  #startCalls(): Actor<readonly PackEntry[]> {
    const { concurrency } = this.#parts.limits;
    return new Actor<readonly PackEntry[]>(
      {
        name: 'summariser',
        create: () => this.#worker,
        capacity: concurrency,
        concurrency,
        supervision: this.#worker.supervision,
        onGivenUp: (packs) => this.#queue.giveUp(packs.flat()),
      },
      this.#parts.clock,
      this.#parts.metrics,
    );
  }

  async #scanNew(): Promise<void> {
    try {
      while (this.#hasNewPages && !this.#stopped) {
        this.#hasNewPages = false;
        this.#cursor = await this.#scan('section', this.#cursor);
        if (!this.#parts.summarizer.metered) await this.#queue.flush();
      }
    } catch (error) {
      this.#warn(error);
    } finally {
      this.#scanning = null;
    }
  }

  async #finishLevels(): Promise<void> {
    await this.#scanning;
    await this.#drainCalls();
    for (const level of ['section', 'page', 'group', 'site'] as const) {
      this.#queue.reset();
      await this.#scan(level, null);
      await this.#drainCalls();
    }
  }

  /** Resolves when every call has ended. */
  async #drainCalls(): Promise<void> {
    if (this.#stopped) return;
    await this.#queue.flush();
    await this.#calls.stop('drain');
    if (!this.#stopped) this.#calls = this.#startCalls();
  }

  /** Queues every unsummarised subject after the cursor; returns the cursor to go on from. */
  async #scan(level: SummaryLevel, from: string | null): Promise<string | null> {
    const { store, crawlId, summarizer } = this.#parts;
    let cursor = from;
    for (;;) {
      if (this.#stopped) return cursor;
      const list = await store.subjects(crawlId, {
        level,
        variant: summarizer.variant,
        cursor,
        limit: BATCH,
        characters: MAX_CHARACTERS[level],
      });
      await this.#queue.add(list.subjects);
      cursor = list.cursor;
      if (list.done) return cursor;
    }
  }

  #warn(error: unknown): void {
    if (this.#stopped) return;
    this.#parts.log.warn('summarising stopped after an error', {
      task: this.#parts.crawlId,
      reason: messageOf(error),
    });
  }
}
