import { z } from '@hono/zod-openapi';
import type { HonoRequest } from 'hono';
import { messageOf } from '../../core/errors.ts';
import type { TaskRecord, TaskSpec } from '../../model/task.ts';
import type { SubmitOptions } from '../../ports/task-queue.ts';
import type { ApiDeps } from '../api-deps.ts';
import { badRequest } from '../problem/problem.ts';
import { isEnded } from './task-view.ts';

const HEADER = 'Idempotency-Key';
const KEY = /^[ -~]{1,200}$/;

/** The header of requests that start a task, for their description. */
export const IdempotencyHeaders = z.object({
  [HEADER]: z
    .string()
    .max(200)
    .optional()
    .openapi({ description: 'The same key answers the same task instead of starting another one.' }),
});

/** The key that a request bears. @throws {WaymarkError} `bad-request` if it is not one. */
export function idempotencyOf(request: HonoRequest): SubmitOptions {
  const key = request.header(HEADER);
  if (key === undefined) return {};
  if (KEY.test(key)) return { idempotencyKey: key };
  throw badRequest([{ path: HEADER, message: 'must be 1 to 200 visible ASCII characters' }]);
}

/** Tasks that a caller waits for are begun before those that were left to the background. */
export function taskPriority(someoneWaits: boolean): number {
  return someoneWaits ? 0 : 10;
}

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
