import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import type { ApiDeps } from '../api-deps.ts';
import { TaskParams } from '../fields/fields.ts';
import { readRequest } from '../fields/read-request.ts';
import { problemResponses } from '../problem/problem-responses.ts';
import { type ChangeRequestSchema, changeRequestSchema, optionChanges } from './change-request.ts';
import { knownTask, requireTask } from './require-task.ts';
import { TaskSchema, taskView } from './task-view.ts';

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
