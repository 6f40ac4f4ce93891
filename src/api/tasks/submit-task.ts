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

/** The header of requests that start a task, for OpenAPI. */
export const IdempotencyHeaders = z.object({
  [HEADER]: z
    .string()
    .max(200)
    .optional()
    .openapi({ description: 'A repeated key returns the existing task instead of starting another one.' }),
});

/** Reads the idempotency key of a request. @throws {WaymarkError} `bad-request` if it is malformed. */
export function idempotencyOf(request: HonoRequest): SubmitOptions {
  const key = request.header(HEADER);
  if (key === undefined) return {};
  if (KEY.test(key)) return { idempotencyKey: key };
  throw badRequest([{ path: HEADER, message: 'must be 1 to 200 visible ASCII characters' }]);
}

/** Returns the priority of a task. Foreground tasks (0) start before background tasks (10). */
export function taskPriority(isForeground: boolean): number {
  return isForeground ? 0 : 10;
}

/** Submits a task and registers its webhook. If that fails, the worker registers the webhook when the task runs. */
export async function submitTask(
  { tasks, webhooks, log }: Pick<ApiDeps, 'tasks' | 'webhooks' | 'log'>,
  spec: TaskSpec,
  options: SubmitOptions,
): Promise<TaskRecord> {
  const task = await tasks.submit(spec, options);
  if (spec.webhook === undefined || isEnded(task.status)) return task;
  await webhooks.enqueue(task.id).catch((error: unknown) => {
    log.warn('Could not register a webhook; the worker of the task will retry', {
      task: task.id,
      error: messageOf(error),
    });
  });
  return task;
}
