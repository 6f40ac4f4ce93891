import type { CrawlOptions } from './crawl-options.ts';
import type { FrontierCounts } from './frontier-url.ts';
import type { TaskResult } from './task-result.ts';
import type { WebhookSpec } from './webhook.ts';

export type TaskStatus = 'pending' | 'in_progress' | 'paused' | 'completed' | 'failed' | 'cancelled';

/** `command` holds crawls of the command line; no service runs them. */
export type QueueName = 'crawling' | 'pagination' | 'command';

export interface CrawlSpec {
  readonly kind: 'crawl';
  readonly queue: QueueName;
  readonly options: CrawlOptions;
  readonly webhook?: WebhookSpec;
}

/** A submitted paginated list. */
export interface PaginatedListOptions {
  /** Has `{page}` in place of the page number. */
  readonly urlPattern: string;
  readonly totalPages: number;
  /** Visits every page instead of a sample. */
  readonly all: boolean;
}

/** Visits pages of a paginated list and follows no links; `options.url` is the first page of the list. */
export interface PaginationSpec {
  readonly kind: 'pagination';
  readonly queue: QueueName;
  readonly options: CrawlOptions;
  readonly list: PaginatedListOptions;
  readonly webhook?: WebhookSpec;
}

export type TaskSpec = CrawlSpec | PaginationSpec;

export interface TaskProgress {
  /** 0 to 100. */
  readonly progress: number;
  readonly message: string;
}

export interface TaskError {
  /** Stable code from the table of errors (`src/core/errors.ts`), which callers match. */
  readonly code: string;
  readonly message: string;
}

export interface TaskRecord extends TaskProgress {
  readonly id: string;
  /** The submitted spec with all later changes applied. */
  readonly spec: TaskSpec;
  /** Number of changes since the submission. */
  readonly amendments: number;
  readonly status: TaskStatus;
  readonly counts: FrontierCounts;
  /** Number of runs that ended with an error. */
  readonly retries: number;
  /** Total milliseconds of all earlier runs. */
  readonly ranMs: number;
  readonly result: TaskResult | null;
  readonly error: TaskError | null;
  /** Epoch ms. */
  readonly createdAt: number;
  readonly startedAt: number | null;
  readonly finishedAt: number | null;
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

/** Something that happened to a task. */
export interface TaskEvent {
  /** Grows with every event of the task; the `id` of the SSE stream. */
  readonly id: string;
  readonly type: 'status' | 'progress' | 'page' | 'gap';
  /** Epoch ms. */
  readonly at: number;
  readonly data: Readonly<Record<string, unknown>>;
}

export type NewTaskEvent = Pick<TaskEvent, 'type' | 'data'>;
