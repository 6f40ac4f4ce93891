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

/** The last events of each task, bounded in number, readable after any id. */
export interface EventLog {
  append(taskId: string, events: readonly NewTaskEvent[]): Promise<void>;
  /** Events after `afterId` (null: from the start), oldest first; a `gap` event first if some are gone. */
  read(taskId: string, afterId: string | null, limit: number): Promise<readonly TaskEvent[]>;
  /** Calls `listener` after events were appended to the task; answers a function that ends it. */
  watch(taskId: string, listener: () => void): () => void;
}
