import { readCursor } from '../../core/number-cursor.ts';
import type { QueueName, TaskFilter, TaskPage, TaskRecord, TaskStatus } from '../../model/task.ts';
import type { TaskIndex } from './task-index.ts';
import type { TaskRecords } from './task-records.ts';

/** Records that are read at once. */
const BATCH = 100;
/** Maximum number of records that one page looks at: a rare status is found over several pages. */
const MAX_LOOKED_AT = 5000;

const UNFINISHED: readonly TaskStatus[] = ['pending', 'in_progress', 'paused'];

/** Finds tasks by reading the index and then the records, newest first. */
export class TaskLists {
  readonly #index: TaskIndex;
  readonly #records: TaskRecords;

  constructor(index: TaskIndex, records: TaskRecords) {
    this.#index = index;
    this.#records = records;
  }

  async page({ status, cursor, limit }: TaskFilter): Promise<TaskPage> {
    const which = status !== null && UNFINISHED.includes(status) ? 'open' : 'all';
    const before = cursor === null ? Number.POSITIVE_INFINITY : readCursor(cursor, 0);
    const tasks: TaskRecord[] = [];
    let lookedAt = 0;
    for await (const { n, task } of this.#newest(which, before)) {
      lookedAt += 1;
      if (task !== null && (status === null || task.status === status)) tasks.push(task);
      if (tasks.length === limit || lookedAt === MAX_LOOKED_AT) return { tasks, next: String(n) };
    }
    return { tasks, next: null };
  }

  async unfinished(queue: QueueName, url: string): Promise<TaskRecord | null> {
    for await (const { task } of this.#newest('open', Number.POSITIVE_INFINITY)) {
      if (task === null || !UNFINISHED.includes(task.status)) continue;
      if (task.spec.queue === queue && task.spec.options.url === url) return task;
    }
    return null;
  }

  async *#newest(which: 'all' | 'open', before: number) {
    for (let from = before; ; ) {
      const entries = await this.#index.newest(which, from, BATCH);
      const tasks = await Promise.all(entries.map(({ id }) => this.#records.read(id)));
      for (const [i, { n }] of entries.entries()) yield { n, task: tasks[i]?.record ?? null };
      const last = entries.at(-1);
      if (last === undefined) return;
      from = last.n;
    }
  }
}
