import type { OptionChanges } from '../model/crawl-options.ts';
import type { QueueName, TaskFilter, TaskPage, TaskProgress, TaskRecord, TaskSpec } from '../model/task.ts';
import type { TaskResult } from '../model/task-result.ts';

export interface SubmitOptions {
  /** The same key answers the same task. */
  readonly idempotencyKey?: string;
  /** Tasks with a smaller number are begun first; from 0 (default) to 1000. */
  readonly priority?: number;
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
