import type { FrontierCounts, UrlState } from './frontier.ts';
import type { UrlReason } from './url-reason.ts';

export type TaskStatus = 'pending' | 'in_progress' | 'paused' | 'completed' | 'failed' | 'cancelled';

/** Queues of the product; `command` holds crawls of the command line, which no service takes up. */
export type QueueName = 'crawling' | 'pagination' | 'command';

export type RenderMode = 'auto' | 'browser' | 'http';

/** A crawl as it was asked for, every option filled in. */
export interface CrawlOptions {
  readonly url: string;
  readonly depth: number | null;
  readonly maxPages: number | null;
  readonly render: RenderMode;
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly subdomains: boolean;
  readonly hashRoutes: boolean;
  readonly robots: boolean;
  readonly sitemap: boolean;
  readonly summarize: boolean;
  /** Load pictures, fonts and media too. */
  readonly media: boolean;
  /** Wall clock of the crawl while it runs, in seconds. */
  readonly maxSeconds: number;
  /** Pages open at once on one host. */
  readonly hostConcurrency: number;
  /** Milliseconds between the starts of two visits to one host. */
  readonly hostDelayMs: number;
}

export interface CrawlSpec {
  readonly kind: 'crawl';
  readonly queue: QueueName;
  readonly options: CrawlOptions;
}

/** A board as it was submitted. */
export interface BoardOptions {
  /** With `{page}` where the number of a page stands. */
  readonly urlPattern: string;
  readonly totalPages: number;
  /** Every page instead of a sample. */
  readonly all: boolean;
}

/** Visits pages of a board and follows no links; `options.url` is the board's first page. */
export interface PaginationSpec {
  readonly kind: 'pagination';
  readonly queue: QueueName;
  readonly options: CrawlOptions;
  readonly board: BoardOptions;
}

export type TaskSpec = CrawlSpec | PaginationSpec;

export interface TaskProgress {
  /** 0 to 100. */
  readonly progress: number;
  readonly message: string;
}

export interface TaskError {
  /** Stable, from the table of errors. */
  readonly code: string;
  readonly message: string;
}

/** What became of one page of a board. */
export interface BoardPageResult {
  readonly page: number;
  readonly url: string;
  readonly state: UrlState;
  readonly reason: UrlReason | null;
  /** Null if the page is not in the map. */
  readonly title: string | null;
  readonly sections: number;
}

/** What a pagination task has to tell beside the figures of its crawl. */
export interface BoardResult {
  readonly strategy: 'all' | 'representative' | 'sampling';
  /** Numbers of the pages that were visited with success, ascending. */
  readonly pages: readonly number[];
  /** In the order of the page numbers; of large boards the first ones. */
  readonly results: readonly BoardPageResult[];
}

/** Result of a finished crawl. Names are the API's. */
export interface TaskResult {
  readonly status: 'completed';
  readonly url: string;
  readonly pages_crawled: number;
  readonly pages_failed: number;
  readonly pages_skipped: number;
  readonly sections: number;
  readonly links: number;
  readonly total_nodes: number;
  /** Seconds that the crawl ran, over all its runs. */
  readonly execution_time: number;
  readonly pages_per_second: number;
  /** Final states other than done, counted by reason. */
  readonly reasons: Readonly<Record<string, number>>;
  /** Why the crawl ended before its frontier was empty; null if it did not. */
  readonly ended_early: string | null;
  /** Of a pagination task alone. */
  readonly board?: BoardResult;
}

export interface TaskRecord extends TaskProgress {
  readonly id: string;
  readonly spec: TaskSpec;
  readonly status: TaskStatus;
  readonly counts: FrontierCounts;
  /** Runs that ended in an error so far. */
  readonly retries: number;
  /** Milliseconds that it ran before the current run. */
  readonly ranMs: number;
  readonly result: TaskResult | null;
  readonly error: TaskError | null;
  /** Epoch ms. */
  readonly createdAt: number;
  readonly startedAt: number | null;
  readonly finishedAt: number | null;
}

export interface SubmitOptions {
  /** The same key answers the same task. */
  readonly idempotencyKey?: string;
}

export interface TaskFilter {
  readonly status: TaskStatus | null;
  readonly cursor: string | null;
  readonly limit: number;
}

export interface TaskPage {
  readonly tasks: readonly TaskRecord[];
  readonly next: string | null;
}

/** How a run of a task ended. */
export type RunEnd =
  | { readonly kind: 'completed'; readonly result: TaskResult }
  /** Pause, cancel or shutdown: the record already says which, or the task goes on later. */
  | { readonly kind: 'stopped' };

export interface RunContext {
  readonly task: TaskRecord;
  /** Identity under which leases are taken. */
  readonly owner: string;
  /** Aborted on cancel and on shutdown; its reason is a `StopReason`. */
  readonly signal: AbortSignal;
  report(progress: TaskProgress): Promise<void>;
}

export type StopReason = 'paused' | 'cancelled' | 'shutdown';

/** Works on one task; a rejection is retried, then fails the task. */
export type TaskHandler = (run: RunContext) => Promise<RunEnd>;

export interface TaskWorker {
  /** Looks for work now instead of at the next poll. */
  wake(): void;
  /** Stops taking tasks, asks the running ones to stop, and hands them back. */
  close(): Promise<void>;
}

export interface WorkOptions {
  readonly queues: readonly QueueName[];
  readonly concurrency: number;
  /** Works on this task alone. */
  readonly only?: string;
}

/** Tasks: at least once, a lost worker's task is taken over, the record is the truth. */
export interface TaskQueue {
  submit(spec: TaskSpec, options?: SubmitOptions): Promise<TaskRecord>;
  get(id: string): Promise<TaskRecord | null>;
  /** Newest first. */
  list(filter: TaskFilter): Promise<TaskPage>;
  /** The newest task of the queue for this URL that has not ended. */
  findUnfinished(queue: QueueName, url: string): Promise<TaskRecord | null>;
  /** Each answers the record afterwards, or null if there is no such task. A finished task is left as it is. */
  cancel(id: string): Promise<TaskRecord | null>;
  pause(id: string): Promise<TaskRecord | null>;
  resume(id: string): Promise<TaskRecord | null>;
  work(handler: TaskHandler, options: WorkOptions): TaskWorker;
}
