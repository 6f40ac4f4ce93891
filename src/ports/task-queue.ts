import type { FrontierCounts, UrlState } from './frontier.ts';
import type { UrlReason } from './url-reason.ts';
import type { WebhookSpec } from './webhook.ts';

export type TaskStatus = 'pending' | 'in_progress' | 'paused' | 'completed' | 'failed' | 'cancelled';

/** Queues of the product; `command` holds crawls of the command line, which no service takes up. */
export type QueueName = 'crawling' | 'pagination' | 'command';

export type RenderMode = 'auto' | 'browser' | 'http';

export type BoardChoice = 'sample' | 'all';

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
  /** Of a board: the pages that stand for it, or all; the first unless told. */
  readonly boards?: BoardChoice;
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
  readonly webhook?: WebhookSpec;
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
  readonly webhook?: WebhookSpec;
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

/** The summaries of a crawl, counted over distinct texts: sections with equal content are one. Names are the API's. */
export interface SummaryReport {
  /** Made for this crawl. */
  readonly made: number;
  /** There already: from an earlier crawl, or for the same text elsewhere. */
  readonly cached: number;
  /** Without a summary; a later crawl makes them. */
  readonly missing: number;
  /** To a model, failed ones too. */
  readonly calls: number;
  readonly tokens: number;
  /** `extractive`, or the name of the model. */
  readonly by: string;
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
  /** Lists in many pages that the site has. */
  readonly boards?: number;
  /** Groups of pages of one layout that the site has. */
  readonly groups?: number;
  /** Seconds that the crawl ran, over all its runs. */
  readonly execution_time: number;
  readonly pages_per_second: number;
  /** Final states other than done, counted by reason. */
  readonly reasons: Readonly<Record<string, number>>;
  /** Why the crawl ended before its frontier was empty; null if it did not. */
  readonly ended_early: string | null;
  /** Pages of earlier crawls that are gone from the site; not of a pagination task. */
  readonly pages_gone?: number;
  /** Of a pagination task alone. */
  readonly board?: BoardResult;
  /** Where the task asked for summaries. */
  readonly summaries?: SummaryReport;
}

/** What may be changed of a task while it is paused, under the names of its options. */
export type OptionChanges = Partial<
  Pick<
    CrawlOptions,
    'depth' | 'maxPages' | 'include' | 'exclude' | 'maxSeconds' | 'hostConcurrency' | 'hostDelayMs'
  >
>;

export interface TaskRecord extends TaskProgress {
  readonly id: string;
  /** As it was submitted, with the changes that were made since. */
  readonly spec: TaskSpec;
  /** How often it was changed; 0 for a task as it was submitted. */
  readonly amendments: number;
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
  /** Tasks with a smaller number are begun first; from 0 (default) to 1000. */
  readonly priority?: number;
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

/** A task has one leader, which alone concludes it; helpers visit pages of the same crawl from other processes. */
export type RunRole = 'leader' | 'helper';

export interface RunContext {
  readonly role: RunRole;
  readonly task: TaskRecord;
  /** Identity under which leases are taken. */
  readonly owner: string;
  /** Aborted on cancel and on shutdown; its reason is a `StopReason`. */
  readonly signal: AbortSignal;
  report(progress: TaskProgress): Promise<void>;
}

/** `relieved`: a helper that is not needed any more, or whose process leads now; what it has open it brings to its end. */
export type StopReason = 'paused' | 'cancelled' | 'shutdown' | 'relieved';

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
  /**
   * Lays changes over the options of a paused task and counts them in `amendments`; answers the record afterwards, or
   * null if there is no such task. The spec that was submitted is kept apart, because an idempotency key is held against
   * it. What is queued follows by `Frontier.amend`: at once where the caller does so, and again when the task is run.
   * Rejects with `task-not-paused`, and leaves the task as it is, in any other status.
   */
  amend(id: string, changes: OptionChanges): Promise<TaskRecord | null>;
  work(handler: TaskHandler, options: WorkOptions): TaskWorker;
}
