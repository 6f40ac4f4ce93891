import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { ApiDeps } from '../api-deps.ts';
import { queryInteger } from '../fields/fields.ts';
import { problemResponses } from '../problem/problem-response.ts';
import { onMap, QuerySchema, queryOf, UrlSchema } from './map-request.ts';
import { RouteSchema, routeView } from './map-view.ts';

const HitSchema = RouteSchema.extend({
  snippet: z.string().openapi({ description: 'The text around the match, at most 200 characters.' }),
}).openapi('SearchHit', {
  description: 'A page or section, with the route to it from the root of its site.',
});

const route = createRoute({
  method: 'get',
  path: '/api/v1/search',
  tags: ['The map'],
  summary: 'Search pages and sections',
  description: 'Searches titles, headings, link labels, descriptions and text. Misspelt words match too.',
  request: {
    query: z.strictObject({
      q: QuerySchema,
      site: UrlSchema.optional().openapi({
        description: 'Any page of the site to search. Without it, all sites are searched.',
      }),
      limit: queryInteger({ min: 1, max: 50, fallback: 10 }),
    }),
  },
  responses: {
    200: {
      description: 'Hits, the best match first',
      content: {
        'application/json': {
          schema: z
            .object({
              q: z.string(),
              site: z
                .string()
                .nullable()
                .openapi({ description: 'Root of the searched site; null for all sites.' }),
              hits: z.array(HitSchema),
            })
            .openapi('SearchAnswer'),
        },
      },
    },
    ...problemResponses('bad-request', 'bad-url', 'page-not-found'),
  },
});

/** Registers the search of the map. */
export function searchRoute(app: OpenAPIHono, { graph }: ApiDeps): void {
  app.openapi(route, async (c) => {
    const { q, site: url, limit } = c.req.valid('query');
    const query = queryOf('q', q);
    const search = (site: string | null) => graph.search({ query, site, limit });
    const found = url === undefined ? await search(null) : await onMap(url, search);
    const hits = (found?.hits ?? []).map(({ snippet, ...hit }) => ({ ...routeView(hit.route), snippet }));
    return c.json({ q, site: found?.site ?? null, hits }, 200);
  });
}
