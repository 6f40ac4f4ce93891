import type { OptionChanges } from '../model/crawl-options.ts';
import type { QueueName, TaskFilter, TaskPage, TaskProgress, TaskRecord, TaskSpec } from '../model/task.ts';
import type { TaskResult } from '../model/task-result.ts';

export interface SubmitOptions {
  /** A second submission with the same key returns the first task. */
  readonly idempotencyKey?: string;
  /** Tasks with a smaller number start first; 0 (default) to 1000. */
  readonly priority?: number;
}

/** How a run of a task ended. */
export type RunEnd =
  | { readonly kind: 'completed'; readonly result: TaskResult }
  /** Pause, cancel or shutdown. The record holds the status; after a shutdown the task waits for its next run. */
  | { readonly kind: 'stopped' };

/** A task has one leader, which concludes it. Helpers in other processes visit pages of the same crawl. */
export type RunRole = 'leader' | 'helper';

export interface RunContext {
  readonly role: RunRole;
  readonly task: TaskRecord;
  /** Name of the run, which owns its leases. */
  readonly owner: string;
  /** Aborted on cancel and on shutdown; its reason is a `StopReason`. */
  readonly signal: AbortSignal;
  report(progress: TaskProgress): Promise<void>;
}

/** `relieved`: a helper is no longer needed, or its process leads a task now. It finishes its pages in progress. */
export type StopReason = 'paused' | 'cancelled' | 'shutdown' | 'relieved';

/** Runs one task. The queue retries a run that rejects; after the last retry the task fails. */
export type TaskHandler = (run: RunContext) => Promise<RunEnd>;

export interface TaskWorker {
  /** Looks for work now instead of at the next poll. */
  wake(): void;
  /** Stops claiming tasks, aborts the running ones and releases them. */
  close(): Promise<void>;
}

export interface WorkOptions {
  readonly queues: readonly QueueName[];
  readonly concurrency: number;
  /**
   * Milliseconds without a progress report after which a run no longer counts against the concurrency; at most twice
   * the concurrency runs at once. Default: every run counts.
   */
  readonly giveWayMs?: number;
  /** Runs only the task with this id. */
  readonly only?: string;
}

/** Tasks with at-least-once execution. Another worker takes over the task of a dead one. */
export interface TaskQueue {
  submit(spec: TaskSpec, options?: SubmitOptions): Promise<TaskRecord>;
  get(id: string): Promise<TaskRecord | null>;
  /** Newest first. */
  list(filter: TaskFilter): Promise<TaskPage>;
  /** The newest unfinished task of the queue for this URL. */
  findUnfinished(queue: QueueName, url: string): Promise<TaskRecord | null>;
  /** As `pause` and `resume`: returns the new record, or null for an unknown task. Does not change a finished task. */
  cancel(id: string): Promise<TaskRecord | null>;
  pause(id: string): Promise<TaskRecord | null>;
  resume(id: string): Promise<TaskRecord | null>;
  /**
   * Changes options of a paused task and increments `amendments`. Returns the new record, or null for an unknown task. The
   * submitted spec stays stored beside the changes, because the idempotency key refers to it. `Frontier.amend` applies the
   * changes to the frontier: when the caller calls it, and again when the task runs.
   * Rejects with `task-not-paused` and changes nothing in any other status.
   */
  amend(id: string, changes: OptionChanges): Promise<TaskRecord | null>;
  work(handler: TaskHandler, options: WorkOptions): TaskWorker;
}
