import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { ApiDeps } from '../api-deps.ts';
import { readRequest } from '../fields/read-request.ts';
import { whole } from '../fields/request-fields.ts';
import { problemResponses } from '../problem/problem-response.ts';
import { onMap, QuerySchema, queryOf, UrlSchema } from './map-request.ts';
import { PageHeadSchema, RouteSchema, routeView } from './map-view.ts';

const MAX_STEPS = 50;
const MAX_ALTERNATIVES = 10;

const RequestSchema = z
  .strictObject({
    from_url: UrlSchema.openapi({
      description: 'The page where the route starts.',
      example: 'https://example.com/',
    }),
    target_text: QuerySchema.openapi({
      description:
        'What to find, in the words of a person: a title, a heading, a link label, or words from the text. ' +
        'Misspelt words match too.',
      example: 'opening hours',
    }),
    max_steps: whole(1, MAX_STEPS, 10, 'Maximum number of clicks.'),
    alternatives: whole(0, MAX_ALTERNATIVES, 0, 'Maximum number of other matches to return.'),
  })
  .openapi('NavigateRequest');

const NavigationSchema = RouteSchema.extend({
  from: PageHeadSchema,
  target_text: z.string(),
  alternatives: z.array(RouteSchema),
}).openapi('Navigation');

const route = createRoute({
  method: 'post',
  path: '/api/v1/navigate',
  tags: ['The map'],
  summary: 'Find the clearest route from a page to the best match for a text',
  description:
    'Searches what has been crawled so far. Prefers clear labels in the content and in menus to footers, long lists and links ' +
    'without text; among clear routes, the shortest.',
  request: { query: RequestSchema, body: { content: { 'application/json': { schema: RequestSchema } } } },
  responses: {
    200: {
      description: 'The route, or why there is none',
      content: { 'application/json': { schema: NavigationSchema } },
    },
    ...problemResponses(
      'bad-request',
      'bad-url',
      'page-not-found',
      'body-too-large',
      'unsupported-media-type',
    ),
  },
});

/** Registers the search for a route to the best match for a query. */
export function navigateRoute(app: OpenAPIHono, { graph }: ApiDeps): void {
  // Registered and handled separately, as in crawl-route.ts.
  app.openAPIRegistry.registerPath(route);
  app.post(route.getRoutingPath(), async (c) => {
    const { from_url, target_text, max_steps, alternatives } = await readRequest(c.req, RequestSchema);
    const query = queryOf('target_text', target_text);
    const found = await onMap(from_url, (from) =>
      graph.navigate({ from, query, maxSteps: max_steps, alternatives }),
    );
    return c.json(
      {
        ...routeView(found),
        from: { ...found.from },
        target_text,
        alternatives: found.alternatives.map(routeView),
      },
      200,
    );
  });
}
