import { WaymarkError } from '../../core/errors.ts';
import type { TaskRecord } from '../../model/task.ts';
import type { TaskQueue } from '../../ports/task-queue.ts';

/** Reads a task. @throws {WaymarkError} `task-not-found`. */
export async function requireTask(tasks: TaskQueue, id: string): Promise<TaskRecord> {
  return existingTask(await tasks.get(id), id);
}

/** Returns the task. @throws {WaymarkError} `task-not-found` if it is null. */
export function existingTask(task: TaskRecord | null, id: string): TaskRecord {
  if (task === null)
    throw new WaymarkError(
      'task-not-found',
      `The task ${id} does not exist. GET /api/v1/tasks lists the tasks.`,
    );
  return task;
}
