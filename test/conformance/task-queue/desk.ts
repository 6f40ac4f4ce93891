import type { TaskResult } from '../../../src/model/task-result.ts';
import type {
  RunContext,
  RunEnd,
  TaskHandler,
  TaskQueue,
  TaskWorker,
  WorkOptions,
} from '../../../src/ports/task-queue.ts';
import { within } from '../../support/within.ts';

/** One run of a task, and how the test ends it. It stops by itself when its signal aborts, unless it is stubborn. */
export interface DeskRun {
  readonly context: RunContext;
  /** Resolves with the reason when the run is stopped. */
  readonly stopped: Promise<unknown>;
  complete(result?: TaskResult): void;
  stop(): void;
  fail(error: Error): void;
}

/** A handler of tasks whose runs the test meets one by one. */
export class Desk {
  readonly #started: DeskRun[] = [];
  readonly #waiting: ((run: DeskRun) => void)[] = [];
  readonly #stubborn: boolean;

  /** A stubborn desk goes on when a run is stopped. */
  constructor({ stubborn = false } = {}) {
    this.#stubborn = stubborn;
  }

  /** Runs that were begun and not met yet. */
  get begun(): number {
    return this.#started.length;
  }

  readonly handle: TaskHandler = (context) =>
    new Promise<RunEnd>((resolve, reject) => {
      const stop = () => resolve({ kind: 'stopped' });
      const stopped = new Promise<unknown>((tell) => {
        context.signal.addEventListener('abort', () => {
          tell(context.signal.reason);
          if (!this.#stubborn) stop();
        });
      });
      const complete = (result = resultOf(context)) => resolve({ kind: 'completed', result });
      this.#enter({ context, stopped, complete, stop, fail: reject });
    });

  next(): Promise<DeskRun> {
    const started = this.#started.shift();
    if (started !== undefined) return Promise.resolve(started);
    return within('a task is run', new Promise<DeskRun>((resolve) => this.#waiting.push(resolve)));
  }

  #enter(run: DeskRun): void {
    const waiting = this.#waiting.shift();
    if (waiting === undefined) this.#started.push(run);
    else waiting(run);
  }
}

/** Works at a desk until the test ends. */
export function workAt(
  desk: Desk,
  queue: TaskQueue,
  options: Partial<WorkOptions> = {},
): TaskWorker & AsyncDisposable {
  const worker = queue.work(desk.handle, { queues: ['crawling'], concurrency: 1, ...options });
  return {
    wake: () => worker.wake(),
    close: () => worker.close(),
    [Symbol.asyncDispose]: () => within('the worker is closed', worker.close()),
  };
}

export function resultOf({ task }: RunContext): TaskResult {
  return {
    status: 'completed',
    url: task.spec.options.url,
    pagesCrawled: 3,
    pagesFailed: 1,
    pagesSkipped: 2,
    sections: 12,
    links: 30,
    totalNodes: 16,
    executionTime: 1.5,
    pagesPerSecond: 2,
    reasons: { dns: 1, robots: 2 },
    endedEarly: null,
  };
}
