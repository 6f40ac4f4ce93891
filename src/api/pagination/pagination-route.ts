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

/** Starts visits to the pages of a board. */
export function paginationRoute(app: OpenAPIHono, deps: ApiDeps): void {
  const schema = paginationRequestSchema(deps.settings);
  const route = describeRoute(schema);
  // Described and handled apart, as the route of crawls is.
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
    const after = await waitForEnd(deps, task.id, request.wait * 1000, signal);
    if (after.result?.pagination !== undefined) {
      const result = paginationResult(list, after.result, after.result.pagination);
      return c.json({ ...result, task_id: task.id, links: taskLinks(task.id) }, 200);
    }
    if (isEnded(after.status)) throw endProblem(after);
    return c.json(accepted(after, `Not done after ${request.wait} s: it goes on as this task.`), 202);
  });
}

function describeRoute(schema: PaginationRequestSchema) {
  return createRoute({
    method: 'post',
    path: '/api/v1/pagination',
    tags: ['Crawl'],
    summary: 'Visit the pages of a board',
    description:
      'Takes its options from a JSON body, from the query, or some from each. Boards of up to 5 pages are visited whole, of up to 20 ' +
      'by the pages 1, 2, 3 and the last, larger ones by 1, 2, 3, 10, 20 and the last. No link is followed.',
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
        description: 'The pages are visited as a task',
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
