import { WaymarkError } from '../../core/errors.ts';
import type { TaskRecord } from '../../model/task.ts';
import type { TaskQueue } from '../../ports/task-queue.ts';

/** The task of an id, or the error that there is none. */
export async function requireTask(tasks: TaskQueue, id: string): Promise<TaskRecord> {
  return knownTask(await tasks.get(id), id);
}

/** The task, or the error that there is none of this id. */
export function knownTask(task: TaskRecord | null, id: string): TaskRecord {
  if (task === null) throw new WaymarkError('task-not-found', `There is no task ${id}.`);
  return task;
}
