import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { WaymarkError } from '../../core/errors.ts';
import type { TaskRecord, TaskStatus } from '../../model/task.ts';
import type { ApiDeps } from '../api-deps.ts';
import { nextFields, pathWith, queryCursor, queryInteger, TaskParams } from '../fields/fields.ts';
import { problemResponses } from '../problem/problem-response.ts';
import { deliveriesView } from '../webhooks/webhook-fields.ts';
import { existingTask, requireTask } from './require-task.ts';
import { isEnded, TaskSchema, TaskStatusSchema, taskView } from './task-view.ts';

const PATH = '/api/v1/tasks';
const TAGS = ['Tasks'];

const taskResponse = (description: string) => ({
  200: { description, content: { 'application/json': { schema: TaskSchema } } },
});

const list = createRoute({
  method: 'get',
  path: PATH,
  tags: TAGS,
  summary: 'List tasks, the newest first',
  request: {
    query: z.strictObject({
      status: TaskStatusSchema.optional(),
      cursor: queryCursor,
      limit: queryInteger({ min: 1, max: 200, fallback: 20 }),
    }),
  },
  responses: {
    200: {
      description: 'Tasks',
      content: {
        'application/json': {
          schema: z.object({ tasks: z.array(TaskSchema), ...nextFields }).openapi('TaskList'),
        },
      },
    },
    ...problemResponses('bad-request', 'bad-cursor'),
  },
});

const get = createRoute({
  method: 'get',
  path: `${PATH}/{id}`,
  tags: TAGS,
  summary: 'Get a task',
  request: { params: TaskParams },
  responses: { ...taskResponse('The task'), ...problemResponses('task-not-found') },
});

const cancel = createRoute({
  method: 'delete',
  path: `${PATH}/{id}`,
  tags: TAGS,
  summary: 'Cancel a task',
  description: 'No further page starts. Crawled pages are kept. Cancelling twice is not an error.',
  request: { params: TaskParams },
  responses: {
    ...taskResponse('The cancelled task'),
    ...problemResponses('task-not-found', 'task-finished'),
  },
});

const pause = createRoute({
  method: 'post',
  path: `${PATH}/{id}/pause`,
  tags: TAGS,
  summary: 'Pause a task',
  description: 'No further page starts, even after a restart of the service. Pausing twice is not an error.',
  request: { params: TaskParams },
  responses: { ...taskResponse('The paused task'), ...problemResponses('task-not-found', 'task-finished') },
});

const resume = createRoute({
  method: 'post',
  path: `${PATH}/{id}/resume`,
  tags: TAGS,
  summary: 'Resume a paused or failed task',
  request: { params: TaskParams },
  responses: {
    ...taskResponse('The task, waiting or running again'),
    ...problemResponses('task-not-found', 'task-finished'),
  },
});

/** Registers the routes that list, get, cancel, pause and resume tasks. */
export function taskRoutes(app: OpenAPIHono, { tasks, webhooks, allowedPrivateHost }: ApiDeps): void {
  app.openapi(list, async (c) => {
    const { status = null, cursor = null, limit } = c.req.valid('query');
    const page = await tasks.list({ status, cursor, limit });
    const next = page.next === null ? null : pathWith(PATH, { status, limit, cursor: page.next });
    return c.json({ tasks: page.tasks.map(taskView), next, next_cursor: page.next }, 200);
  });
  app.openapi(get, async (c) => {
    const task = await requireTask(tasks, c.req.valid('param').id);
    const status = task.spec.webhook === undefined ? null : await webhooks.status(task.id);
    const deliveries = status === null ? {} : { deliveries: deliveriesView(status) };
    const host = allowedPrivateHost(task.spec.options.url);
    const exception = host === null ? {} : { allowed_private_host: host };
    return c.json({ ...taskView(task), ...deliveries, ...exception }, 200);
  });
  app.openapi(cancel, async (c) => {
    const { id } = c.req.valid('param');
    return c.json(taskView(changed(await tasks.cancel(id), id, 'cancelled')), 200);
  });
  app.openapi(pause, async (c) => {
    const { id } = c.req.valid('param');
    return c.json(taskView(changed(await tasks.pause(id), id, 'paused')), 200);
  });
  app.openapi(resume, async (c) => {
    const { id } = c.req.valid('param');
    return c.json(taskView(changed(await tasks.resume(id), id, 'in_progress')), 200);
  });
}

/** Returns a task after a change. @throws {WaymarkError} `task-not-found`, or `task-finished` if it had ended in another status. */
function changed(task: TaskRecord | null, id: string, wanted: TaskStatus): TaskRecord {
  const after = existingTask(task, id);
  if (isEnded(after.status) && after.status !== wanted) {
    throw new WaymarkError('task-finished', `The task has already ended as ${after.status}.`);
  }
  return after;
}
