import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { ApiDeps } from '../api-deps.ts';
import { nextFields, pathWith, queryCursor, queryInteger } from '../fields/fields.ts';
import { problemResponses } from '../problem/problem-response.ts';
import { onMap, UrlSchema } from './map-request.ts';
import { CrawlHeadSchema, crawlHeadView } from './map-view.ts';

const PATH = '/api/v1/history';

const route = createRoute({
  method: 'get',
  path: PATH,
  tags: ['The map'],
  summary: 'List the recorded crawls of a site',
  request: {
    query: z.strictObject({
      site: UrlSchema.openapi({ description: 'Any page of the site.' }),
      cursor: queryCursor,
      limit: queryInteger({ min: 1, max: 100, fallback: 20 }),
    }),
  },
  responses: {
    200: {
      description: 'Crawls, the newest first; the last 30 are kept',
      content: {
        'application/json': {
          schema: z
            .object({ site: z.string(), crawls: z.array(CrawlHeadSchema), ...nextFields })
            .openapi('History'),
        },
      },
    },
    ...problemResponses('bad-request', 'bad-url', 'bad-cursor', 'page-not-found'),
  },
});

/** Registers the history of a site. */
export function historyRoute(app: OpenAPIHono, { graph }: ApiDeps): void {
  app.openapi(route, async (c) => {
    const { site: url, cursor = null, limit } = c.req.valid('query');
    const located = await onMap(url, (form) => graph.locate(form));
    const site = located.sites[0] ?? located.url;
    const { crawls, next } = await graph.crawls(site, { cursor, limit });
    const path = next === null ? null : pathWith(PATH, { site, limit, cursor: next });
    return c.json({ site, crawls: crawls.map(crawlHeadView), next: path, next_cursor: next }, 200);
  });
}
