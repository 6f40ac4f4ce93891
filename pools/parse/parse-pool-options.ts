import { availableParallelism } from 'node:os';
import { WaymarkError } from '../../src/core/errors.ts';
import { workerFile } from '../../src/core/worker-file.ts';

/** Options of the caller. */
export interface ParsePoolOptions {
  /** Threads, each of which parses one page at a time. Default: processor cores less one, 1 to 4. */
  readonly threads?: number;
  /** Threads besides, started when pages are slow, one page of each task. Default 2. */
  readonly slowThreads?: number;
  /** Milliseconds on a thread after which a page is slow. Default 500. */
  readonly slowMs?: number;
  /** Milliseconds that a page may take on a thread. Default 20,000. */
  readonly timeoutMs?: number;
  /**
   * Megabytes of heap that a thread may use. Default 1024, twice what the largest document takes: V8 may end the whole
   * process instead of the thread when a single large allocation exceeds the limit.
   */
  readonly maxHeapMb?: number;
  /** Pages that may wait for a thread. Default 256. */
  readonly maxQueue?: number;
  /** Module that the threads run, a path or file URL; tests pass their own. Default: the parser. */
  readonly workerFile?: string;
}

/** Options with every default filled in. */
export type FilledParsePoolOptions = Readonly<Required<ParsePoolOptions>>;

/** Fills in the defaults. Throws `bad-setting` for a number out of range. */
export function fillParsePoolOptions(options: ParsePoolOptions): FilledParsePoolOptions {
  return Object.freeze({
    threads: checked('threads', options.threads ?? defaultThreads(), 1),
    slowThreads: checked('slowThreads', options.slowThreads ?? 2, 0),
    slowMs: checked('slowMs', options.slowMs ?? 500, 1),
    timeoutMs: checked('timeoutMs', options.timeoutMs ?? 20_000, 1),
    maxHeapMb: checked('maxHeapMb', options.maxHeapMb ?? 1024, 16),
    maxQueue: checked('maxQueue', options.maxQueue ?? 256, 0),
    workerFile: options.workerFile ?? workerFile('./parse-worker.ts', import.meta.url).href,
  });
}

/** Leaves one core to the thread that fetches and writes. */
function defaultThreads(): number {
  return Math.min(4, Math.max(1, availableParallelism() - 1));
}

function checked(name: string, value: number, min: number): number {
  if (Number.isInteger(value) && value >= min) return value;
  throw new WaymarkError('bad-setting', `[parse] ${name} must be a whole number from ${min}, not ${value}`);
}
