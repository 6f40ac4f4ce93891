import type { NewTaskEvent, TaskEvent } from '../model/task.ts';

/** The last events of each task, bounded in number, readable after any id. */
export interface EventLog {
  append(taskId: string, events: readonly NewTaskEvent[]): Promise<void>;
  /** Events after `afterId` (null: all), oldest first. Starts with a `gap` event if older events were dropped. */
  read(taskId: string, afterId: string | null, limit: number): Promise<readonly TaskEvent[]>;
  /** Calls `listener` after events were appended to the task. Returns a function that ends the watch. */
  watch(taskId: string, listener: () => void): () => void;
}
