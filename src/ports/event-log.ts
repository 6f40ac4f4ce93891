import type { NewTaskEvent, TaskEvent } from '../model/task-event.ts';

/** The last events of each task, bounded in number, readable after any id. */
export interface EventLog {
  append(taskId: string, events: readonly NewTaskEvent[]): Promise<void>;
  /** Events after `afterId` (null: from the start), oldest first; a `gap` event first if some are gone. */
  read(taskId: string, afterId: string | null, limit: number): Promise<readonly TaskEvent[]>;
  /** Calls `listener` after events were appended to the task; answers a function that ends it. */
  watch(taskId: string, listener: () => void): () => void;
}
