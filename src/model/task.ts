import type { CrawlOptions } from './crawl-options.ts';
import type { FrontierCounts } from './frontier-url.ts';
import type { TaskResult } from './task-result.ts';
import type { WebhookSpec } from './webhook.ts';

export type TaskStatus = 'pending' | 'in_progress' | 'paused' | 'completed' | 'failed' | 'cancelled';

/** Queues of the product; `command` holds crawls of the command line, which no service takes up. */
export type QueueName = 'crawling' | 'pagination' | 'command';

export interface CrawlSpec {
  readonly kind: 'crawl';
  readonly queue: QueueName;
  readonly options: CrawlOptions;
  readonly webhook?: WebhookSpec;
}

/** A board as it was submitted. */
export interface PaginatedListOptions {
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
  /** Stable, from the table of errors. */
  readonly code: string;
  readonly message: string;
}

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

export interface TaskFilter {
  readonly status: TaskStatus | null;
  readonly cursor: string | null;
  readonly limit: number;
}

export interface TaskPage {
  readonly tasks: readonly TaskRecord[];
  readonly next: string | null;
}
