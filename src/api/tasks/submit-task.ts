import { messageOf } from '../../core/errors.ts';
import type { TaskRecord, TaskSpec } from '../../model/task.ts';
import type { SubmitOptions } from '../../ports/task-queue.ts';
import type { ApiDeps } from '../api-deps.ts';
import { isEnded } from './task-view.ts';

/** Submits a task and enters it for its webhook. A task that could not be entered is when it is run. */
export async function submitTask(
  { tasks, webhooks, log }: Pick<ApiDeps, 'tasks' | 'webhooks' | 'log'>,
  spec: TaskSpec,
  options: SubmitOptions,
): Promise<TaskRecord> {
  const task = await tasks.submit(spec, options);
  if (spec.webhook === undefined || isEnded(task.status)) return task;
  await webhooks.enter(task.id).catch((error: unknown) => {
    log.warn('a webhook could not be entered yet', { task: task.id, error: messageOf(error) });
  });
  return task;
}
