import { Semaphore } from '../../src/core/semaphore.ts';

export interface ParseLanesOptions {
  readonly threads: number;
  /** Threads besides, for slow pages. */
  readonly slowThreads: number;
  /** Milliseconds on a thread after which a page is slow. */
  readonly slowMs: number;
  readonly maxQueue: number;
}

interface Run {
  readonly task: string;
  readonly release: () => void;
  lane: 'quick' | 'overdue' | 'slow';
}

/**
 * Decides which page gets a thread next. Tasks share the threads by the time that they used recently. A page that turns out to
 * be slow moves to the slow lane, one page of each task, and its thread is replaced by one of the slow lane's. A task with
 * a page there leaves at least one of the other threads free, so that quick pages of other tasks find one.
 */
export class ParseLanes {
  readonly #options: ParseLanesOptions;
  readonly #quick: Semaphore;
  /** Tasks with a page in the slow lane. */
  readonly #slow = new Set<string>();
  /** Slow pages that wait for a place in the slow lane and keep their thread. */
  readonly #overdue = new Set<Run>();

  constructor(options: ParseLanesOptions) {
    const { threads, maxQueue } = options;
    this.#options = options;
    this.#quick = new Semaphore({
      permits: threads,
      maxWaiting: maxQueue,
      limitOf: (task) => (this.#slow.has(task) ? threads - 1 : threads),
      now: () => performance.now(),
    });
  }

  get isFull(): boolean {
    return this.#quick.isFull;
  }

  /** Resolves to the function that gives up the thread. Rejects with the reason of the signal if that aborts before. */
  async enter(task: string, signal?: AbortSignal): Promise<() => void> {
    const release = await this.#quick.acquire(signal, task);
    const run: Run = { task, release, lane: 'quick' };
    const timer = setTimeout(() => this.#slowDown(run), this.#options.slowMs);
    return () => {
      clearTimeout(timer);
      this.#end(run);
    };
  }

  #slowDown(run: Run): void {
    run.lane = 'overdue';
    this.#overdue.add(run);
    this.#fillSlowLane();
  }

  #end(run: Run): void {
    this.#overdue.delete(run);
    if (run.lane !== 'slow') {
      run.release();
      return;
    }
    this.#slow.delete(run.task);
    this.#fillSlowLane();
    this.#quick.update();
  }

  #fillSlowLane(): void {
    for (const run of this.#overdue) {
      if (this.#slow.size >= this.#options.slowThreads) return;
      if (this.#slow.has(run.task)) continue;
      this.#overdue.delete(run);
      this.#slow.add(run.task);
      run.lane = 'slow';
      run.release();
    }
  }
}
