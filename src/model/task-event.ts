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
