import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { OptionChanges } from '../../model/crawl-options.ts';
import type { TaskSpec } from '../../model/task.ts';
import type { ApiDeps, ApiSettings } from '../api-deps.ts';
import { MAX_DEPTH, patternList } from '../crawl/crawl-request.ts';
import { TaskParams } from '../fields/fields.ts';
import { readRequest } from '../fields/read-request.ts';
import { hostDelay, wholeFrom } from '../fields/request-fields.ts';
import { badRequest } from '../problem/problem.ts';
import { problemResponses } from '../problem/problem-response.ts';
import { knownTask, requireTask } from './require-task.ts';
import { TaskSchema, taskView } from './task-view.ts';

/** What a task that is no crawl of a site has no such option for. */
const OF_SITES = ['depth', 'max_pages', 'include', 'exclude'] as const;

/** What may be changed of a paused task, within the operator's limits; what is left out stays. */
export function changeRequestSchema(settings: ApiSettings) {
  const { maxPagesLimit, maxTaskSeconds, hostConcurrency } = settings;
  return z
    .strictObject({
      depth: wholeFrom(0, MAX_DEPTH),
      max_pages: wholeFrom(1, maxPagesLimit),
      include: patternList('Instead of the patterns before.'),
      exclude: patternList('Instead of the patterns before.'),
      max_seconds: wholeFrom(1, maxTaskSeconds),
      host_concurrency: wholeFrom(1, hostConcurrency),
      host_delay_ms: hostDelay(settings),
    })
    .partial()
    .openapi('TaskChange');
}

export type ChangeRequestSchema = ReturnType<typeof changeRequestSchema>;
export type ChangeRequest = z.infer<ChangeRequestSchema>;

/** Those changes as options. @throws {WaymarkError} `bad-request` if there are none, or not for this kind of task. */
export function optionChanges(request: ChangeRequest, spec: TaskSpec): OptionChanges {
  if (Object.keys(request).length === 0) throw badRequest([{ path: '', message: 'Name what to change' }]);
  const foreign = spec.kind === 'crawl' ? [] : OF_SITES.filter((path) => request[path] !== undefined);
  if (foreign.length > 0)
    throw badRequest(foreign.map((path) => ({ path, message: `is no option of a ${spec.kind} task` })));
  return given({
    depth: request.depth,
    maxPages: request.max_pages,
    include: request.include,
    exclude: request.exclude,
    maxSeconds: request.max_seconds,
    hostConcurrency: request.host_concurrency,
    hostDelayMs: request.host_delay_ms,
  });
}

/** Without the values that are not there. */
function given(values: { readonly [K in keyof OptionChanges]: OptionChanges[K] | undefined }): OptionChanges {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

/** Changes a paused task. */
export function changeRoute(app: OpenAPIHono, deps: ApiDeps): void {
  const { tasks } = deps;
  const schema = changeRequestSchema(deps.settings);
  const route = describeRoute(schema);
  // Described and handled apart, as the route of crawls is.
  app.openAPIRegistry.registerPath(route);
  app.patch(route.getRoutingPath(), async (c) => {
    const { id } = TaskParams.parse(c.req.param());
    const { spec } = await requireTask(tasks, id);
    const changes = optionChanges(await readRequest(c.req, schema), spec);
    const changed = knownTask(await tasks.amend(id, changes), id);
    await deps.applyChanges(changed);
    return c.json(taskView(await requireTask(tasks, id)), 200);
  });
}

function describeRoute(schema: ChangeRequestSchema) {
  return createRoute({
    method: 'patch',
    path: '/api/v1/tasks/{id}',
    tags: ['Tasks'],
    summary: 'Change a paused task',
    description:
      'What is queued follows: URLs that are ruled out now are skipped, URLs that were skipped only by what has been lifted are queued ' +
      'again. Pages that were visited stay. What is left out of the request stays as it is.',
    request: {
      params: TaskParams,
      body: { content: { 'application/json': { schema } } },
    },
    responses: {
      200: { description: 'The changed task', content: { 'application/json': { schema: TaskSchema } } },
      ...problemResponses(
        'bad-request',
        'task-not-found',
        'task-not-paused',
        'body-too-large',
        'unsupported-media-type',
      ),
    },
  });
}
