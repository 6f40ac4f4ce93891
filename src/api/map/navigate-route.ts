import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { navigate } from '../../core/map/navigate.ts';
import type { ApiDeps } from '../api-deps.ts';
import { readRequest } from '../fields/read-request.ts';
import { whole } from '../fields/request-fields.ts';
import { problemResponses } from '../problem/problem-response.ts';
import { onMap, QuestionSchema, questionOf, UrlSchema } from './map-request.ts';
import { PageHeadSchema, RouteSchema, routeView } from './map-view.ts';

const MAX_STEPS = 50;
const MAX_ALTERNATIVES = 10;

const RequestSchema = z
  .strictObject({
    from_url: UrlSchema.openapi({
      description: 'The page that the way starts from.',
      example: 'https://example.com/',
    }),
    target_text: QuestionSchema.openapi({
      description:
        'What is looked for, in the words of a person: title, heading, label of a link, or what is said there. ' +
        'Misspelt words are understood.',
      example: 'opening hours',
    }),
    max_steps: whole(1, MAX_STEPS, 10, 'Clicks, at most.'),
    alternatives: whole(0, MAX_ALTERNATIVES, 0, 'Other things that may be meant, at most so many.'),
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
  summary: 'The clearest way from a page to what a text asks for',
  description:
    'Works on what has been crawled so far. Clear labels in the text and in the menu are preferred to footers, long lists and links ' +
    'without words; among clear ways the shortest.',
  request: { query: RequestSchema, body: { content: { 'application/json': { schema: RequestSchema } } } },
  responses: {
    200: {
      description: 'The way, or why there is none',
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

/** Answers the way to what is asked for. */
export function navigateRoute(app: OpenAPIHono, { graph }: ApiDeps): void {
  // Described and handled apart, as the route of crawls is.
  app.openAPIRegistry.registerPath(route);
  app.post(route.getRoutingPath(), async (c) => {
    const { from_url, target_text, max_steps, alternatives } = await readRequest(c.req, RequestSchema);
    const question = questionOf('target_text', target_text);
    const from = await onMap(from_url, (url) => graph.locate(url));
    const found = await navigate(graph, { from, question, maxSteps: max_steps, alternatives });
    return c.json(
      {
        ...routeView(found),
        from: { url: from.url, title: from.title },
        target_text,
        alternatives: found.alternatives.map(routeView),
      },
      200,
    );
  });
}
