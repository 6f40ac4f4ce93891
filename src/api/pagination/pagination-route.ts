import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { ApiDeps } from '../api-deps.ts';
import { AcceptedSchema, accepted, endProblem } from '../crawl/crawl-response.ts';
import { waitForEnd } from '../crawl/wait-for-end.ts';
import { readRequest } from '../fields/read-request.ts';
import { problemResponses } from '../problem/problem-response.ts';
import { IdempotencyHeaders, idempotencyOf, submitTask, taskPriority } from '../tasks/submit-task.ts';
import { isEnded, TaskLinksSchema, taskLinks } from '../tasks/task-view.ts';
import { webhookSpec } from '../webhooks/webhook-fields.ts';
import {
  type PaginationRequestSchema,
  paginationRequestSchema,
  paginationTask,
} from './pagination-request.ts';
import { PaginationResultSchema, paginationResult } from './pagination-result.ts';

const ResponseSchema = PaginationResultSchema.extend({
  task_id: z.string(),
  links: TaskLinksSchema,
}).openapi('PaginationAnswer');

/** Registers the route that visits the pages of a paginated list. */
export function paginationRoute(app: OpenAPIHono, deps: ApiDeps): void {
  const schema = paginationRequestSchema(deps.settings);
  const route = describeRoute(schema);
  // Registered and handled separately, as in crawl-route.ts.
  app.openAPIRegistry.registerPath(route);
  app.post(route.getRoutingPath(), async (c) => {
    const request = await readRequest(c.req, schema);
    const { options, list } = paginationTask(request, deps.settings, deps.checkUrl);
    const webhook = webhookSpec(request.webhook, deps.checkUrl);
    const spec = { kind: 'pagination', queue: 'pagination', options, list, ...webhook } as const;
    const priority = taskPriority(request.wait > 0);
    const task = await submitTask(deps, spec, { ...idempotencyOf(c.req), priority });
    c.header('Location', `/api/v1/tasks/${task.id}`);
    if (request.wait === 0) return c.json(accepted(task, task.message), 202);

    const signal = AbortSignal.any([c.req.raw.signal, deps.stopping]);
    const ended = await waitForEnd(deps, task.id, request.wait * 1000, signal);
    if (ended.result?.pagination !== undefined) {
      const result = paginationResult(list, ended.result, ended.result.pagination);
      return c.json({ ...result, task_id: task.id, links: taskLinks(task.id) }, 200);
    }
    if (isEnded(ended.status)) throw endProblem(ended);
    return c.json(
      accepted(ended, `The visits have not completed after ${request.wait} s. They continue as this task.`),
      202,
    );
  });
}

function describeRoute(schema: PaginationRequestSchema) {
  return createRoute({
    method: 'post',
    path: '/api/v1/pagination',
    tags: ['Crawl'],
    summary: 'Visit the pages of a paginated list',
    description:
      'Options come from the JSON body, from the query, or some from each. Visits all pages of a list of up to 5 pages; pages 1, 2, 3 and ' +
      'the last of up to 20; pages 1, 2, 3, 10, 20 and the last of a larger one. Follows no links.',
    request: {
      query: schema.omit({ webhook: true }),
      headers: IdempotencyHeaders,
      body: { content: { 'application/json': { schema } } },
    },
    responses: {
      200: {
        description: 'The pages were visited within `wait`',
        content: { 'application/json': { schema: ResponseSchema } },
      },
      202: {
        description: 'The visits continue as a task',
        headers: { Location: { description: 'Path of the task', schema: { type: 'string' } } },
        content: { 'application/json': { schema: AcceptedSchema } },
      },
      ...problemResponses(
        'bad-request',
        'bad-url',
        'unsupported-scheme',
        'address-refused',
        'task-cancelled',
        'idempotency-conflict',
        'body-too-large',
        'unsupported-media-type',
        'too-many-tasks',
        'crawl-failed',
        'seed-failed',
      ),
    },
  });
}
