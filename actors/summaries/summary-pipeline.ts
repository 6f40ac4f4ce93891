import { Actor } from '../../src/core/actor/actor.ts';
import type { ActorFigures } from '../../src/core/actor/figures.ts';
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

/** Subjects of one list. */
const LIST = 100;
/** Characters of a text that are read: what it is about stands at its beginning. */
const CHARACTERS = { section: 3000, page: 4000, group: 8000, site: 8000 } as const;

export interface SummaryLimits extends SummaryBounds {
  /** Calls open at once. */
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
}

/**
 * Summarises what a crawl stores, beside it: sections while pages come in, then pages, groups and the site. Its list
 * of work is a query on the graph, so nothing is lost with it, and nothing that goes wrong here fails the crawl.
 */
export class SummaryPipeline {
  readonly #parts: SummaryPipelineParts;
  readonly #requests: SummaryWorker;
  readonly #intake: SummaryQueue;
  #calls: Actor<readonly PackEntry[]>;
  #cursor: string | null = null;
  #walking: Promise<void> | null = null;
  #hasNews = false;
  #stopped = false;

  private constructor(parts: SummaryPipelineParts, budget: SummaryBudget) {
    this.#parts = parts;
    const { summarizer, clock, log, crawlId, store } = parts;
    this.#intake = new SummaryQueue({
      crawlId,
      store,
      summarizer,
      send: (pack) => this.#calls.send(pack),
      isReady: () => this.#requests.isReady,
    });
    this.#requests = new SummaryWorker({
      summarizer,
      budget,
      clock,
      save: (results, used) => this.#intake.saveResults(results, used),
      onLeft: (entries) => this.#intake.leave(entries),
      onTrouble: (reason) => log.warn('summaries are left for later', { task: crawlId, reason }),
    });
    this.#calls = this.#startCalls();
  }

  /** What earlier runs of the crawl have spent counts. */
  static async open(parts: SummaryPipelineParts): Promise<SummaryPipeline> {
    const spent = await parts.store.summarySpending(parts.crawlId);
    return new SummaryPipeline(parts, new SummaryBudget(parts.limits, spent));
  }

  figures(): ActorFigures {
    return this.#calls.figures();
  }

  /** Pages were stored. Returns at once; a walk at a time looks for what is new. */
  wake(): void {
    this.#hasNews = true;
    if (!this.#stopped) this.#walking ??= this.#walkNew();
  }

  /**
   * Makes what is still missing, after the last page: sections that changed or failed meanwhile, pages, groups, the
   * site. Ends early after `finishMs`, or when `signal` is aborted; what is missing then stays so. Never rejects.
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

  /** What there is now, over all runs of the crawl. */
  async report(): Promise<SummaryReport> {
    const { store, crawlId, summarizer } = this.#parts;
    const { summarised, missing } = await store.summaryCoverage(crawlId, summarizer.variant);
    const { made, calls, tokens } = await store.summarySpending(crawlId);
    return { made, cached: Math.max(0, summarised - made), missing, calls, tokens, by: summarizer.by };
  }

  /** Drops what was not asked for yet and aborts what was; it is still missing in the graph. */
  async stop(): Promise<void> {
    await this.#stop('abort');
    await this.#walking;
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
        create: () => this.#requests,
        capacity: concurrency,
        concurrency,
        supervision: this.#requests.supervision,
        onGivenUp: (packs) => this.#intake.leave(packs.flat()),
      },
      this.#parts.clock,
    );
  }

  async #walkNew(): Promise<void> {
    try {
      while (this.#hasNews && !this.#stopped) {
        this.#hasNews = false;
        this.#cursor = await this.#walk('section', this.#cursor);
        if (!this.#parts.summarizer.metered) await this.#intake.flush();
      }
    } catch (error) {
      this.#warn(error);
    } finally {
      this.#walking = null;
    }
  }

  async #finishLevels(): Promise<void> {
    await this.#walking;
    await this.#settleCalls();
    for (const level of ['section', 'page', 'group', 'site'] as const) {
      this.#intake.forgive();
      await this.#walk(level, null);
      await this.#settleCalls();
    }
  }

  /** Waits until everything that was asked for has come or was given up. */
  async #settleCalls(): Promise<void> {
    if (this.#stopped) return;
    await this.#intake.flush();
    await this.#calls.stop('drain');
    if (!this.#stopped) this.#calls = this.#startCalls();
  }

  /** Takes everything that the graph lists after the cursor; answers where to go on. */
  async #walk(level: SummaryLevel, from: string | null): Promise<string | null> {
    const { store, crawlId, summarizer } = this.#parts;
    let cursor = from;
    for (;;) {
      if (this.#stopped) return cursor;
      const list = await store.subjects(crawlId, {
        level,
        variant: summarizer.variant,
        cursor,
        limit: LIST,
        characters: CHARACTERS[level],
      });
      await this.#intake.take(list.subjects);
      cursor = list.cursor;
      if (list.done) return cursor;
    }
  }

  #warn(error: unknown): void {
    if (this.#stopped) return;
    this.#parts.log.warn('summaries were broken off', {
      task: this.#parts.crawlId,
      reason: messageOf(error),
    });
  }
}
