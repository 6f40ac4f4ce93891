import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import type { ApiDeps } from '../api-deps.ts';
import { readRequest } from '../fields/read-request.ts';
import { problemResponses } from '../problem/problem-response.ts';
import { IdempotencyHeaders, idempotencyOf, submitTask, taskPriority } from '../tasks/submit-task.ts';
import { webhookSpec } from '../webhooks/webhook-fields.ts';
import { seedUrl } from './caller-url.ts';
import { type CrawlRequestSchema, crawlOptions, crawlRequestSchema } from './crawl-request.ts';
import { AcceptedSchema, accepted, CrawlResultSchema, crawlResponse, endProblem } from './crawl-response.ts';
import { waitForEnd } from './wait-for-end.ts';

/** Registers the route that starts crawls. */
export function crawlRoute(app: OpenAPIHono, deps: ApiDeps): void {
  const schema = crawlRequestSchema(deps.settings);
  const route = describeRoute(schema);
  // Registered and handled separately: the library would validate body and query one by one.
  app.openAPIRegistry.registerPath(route);
  app.post(route.getRoutingPath(), async (c) => {
    const request = await readRequest(c.req, schema);
    const url = seedUrl(request.url, request.hash_routes, deps.checkUrl);
    const spec = {
      kind: 'crawl',
      queue: 'crawling',
      options: crawlOptions(request, url),
      ...webhookSpec(request.webhook, deps.checkUrl),
    } as const;
    const priority = taskPriority(!request.background);
    const task = await submitTask(deps, spec, { ...idempotencyOf(c.req), priority });
    c.header('Location', `/api/v1/tasks/${task.id}`);
    if (request.background) return c.json(accepted(task, task.message), 202);

    const signal = AbortSignal.any([c.req.raw.signal, deps.stopping]);
    const ended = await waitForEnd(deps, task.id, request.wait * 1000, signal);
    if (ended.result !== null) return c.json(await crawlResponse(deps.graph, task.id, ended.result), 200);
    if (ended.status === 'failed' || ended.status === 'cancelled') throw endProblem(ended);
    return c.json(
      accepted(ended, `The crawl has not completed after ${request.wait} s. It continues as this task.`),
      202,
    );
  });
}

function describeRoute(schema: CrawlRequestSchema) {
  return createRoute({
    method: 'post',
    path: '/api/v1/crawl',
    tags: ['Crawl'],
    summary: 'Crawl a website',
    description:
      'Options come from the JSON body, from the query, or some from each. Waits for the end and returns the pages. A crawl that takes ' +
      'longer than `wait`, or has `background`, continues as a task.',
    request: {
      query: schema.omit({ webhook: true }),
      headers: IdempotencyHeaders,
      body: { content: { 'application/json': { schema } } },
    },
    responses: {
      200: {
        description: 'The crawl has completed',
        content: { 'application/json': { schema: CrawlResultSchema } },
      },
      202: {
        description: 'The crawl continues as a task',
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
