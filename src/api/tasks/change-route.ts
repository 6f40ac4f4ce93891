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
import { existingTask, requireTask } from './require-task.ts';
import { TaskSchema, taskView } from './task-view.ts';

/** Options that only a crawl of a site has. */
const SITE_OPTIONS = ['depth', 'max_pages', 'include', 'exclude'] as const;

/** The schema of changes to a paused task, within the operator's limits. Missing fields stay unchanged. */
function changeRequestSchema(settings: ApiSettings) {
  const { maxPagesLimit, maxTaskSeconds, hostConcurrency } = settings;
  return z
    .strictObject({
      depth: wholeFrom(0, MAX_DEPTH),
      max_pages: wholeFrom(1, maxPagesLimit),
      include: patternList('Replaces the current patterns.'),
      exclude: patternList('Replaces the current patterns.'),
      max_seconds: wholeFrom(1, maxTaskSeconds),
      host_concurrency: wholeFrom(1, hostConcurrency),
      host_delay_ms: hostDelay(settings),
    })
    .partial()
    .openapi('TaskChange');
}

type ChangeRequestSchema = ReturnType<typeof changeRequestSchema>;
type ChangeRequest = z.infer<ChangeRequestSchema>;

/** Converts changes to options. @throws {WaymarkError} `bad-request` without changes, or for options of another kind of task. */
function optionChanges(request: ChangeRequest, spec: TaskSpec): OptionChanges {
  if (Object.keys(request).length === 0)
    throw badRequest([{ path: '', message: 'Give at least one option to change' }]);
  const foreign = spec.kind === 'crawl' ? [] : SITE_OPTIONS.filter((path) => request[path] !== undefined);
  if (foreign.length > 0)
    throw badRequest(foreign.map((path) => ({ path, message: `is not an option of a ${spec.kind} task` })));
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

/** Removes undefined values. */
function given(values: { readonly [K in keyof OptionChanges]: OptionChanges[K] | undefined }): OptionChanges {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

/** Registers the route that changes a paused task. */
export function changeRoute(app: OpenAPIHono, deps: ApiDeps): void {
  const { tasks } = deps;
  const schema = changeRequestSchema(deps.settings);
  const route = describeRoute(schema);
  // Registered and handled separately, as in crawl-route.ts.
  app.openAPIRegistry.registerPath(route);
  app.patch(route.getRoutingPath(), async (c) => {
    const { id } = TaskParams.parse(c.req.param());
    const { spec } = await requireTask(tasks, id);
    const changes = optionChanges(await readRequest(c.req, schema), spec);
    const changed = existingTask(await tasks.amend(id, changes), id);
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
      'The queue is updated: URLs that the new options exclude are skipped; URLs that only the old options excluded are queued ' +
      'again. Visited pages stay. Options missing from the request stay unchanged.',
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
