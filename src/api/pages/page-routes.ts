import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { GraphStore } from '../../ports/graph-store.ts';
import type { ApiDeps } from '../api-deps.ts';
import {
  nextFields,
  pathWith,
  queryBoolean,
  queryCursor,
  queryInteger,
  TaskParams,
} from '../fields/fields.ts';
import { onMap } from '../map/on-map.ts';
import { problemAnswers } from '../problem/problem-answers.ts';
import { requireTask } from '../tasks/require-task.ts';
import { taskLinks } from '../tasks/task-view.ts';
import { PageDetailSchema, PageSchema, pageDetailView, pageView } from './page-view.ts';
import { parsedPages } from './parsed-pages.ts';

const TAGS = ['Results'];

const list = createRoute({
  method: 'get',
  path: '/api/v1/tasks/{id}/pages',
  tags: TAGS,
  summary: 'The pages that a crawl has found so far',
  request: {
    params: TaskParams,
    query: z.strictObject({
      parsed: queryBoolean().openapi({
        description:
          'With the sections and links of each page; large pages make an answer hold fewer than `limit`.',
      }),
      cursor: queryCursor,
      limit: queryInteger({ min: 1, max: 500, fallback: 100 }),
    }),
  },
  responses: {
    200: {
      description: 'Pages in the order in which they were stored',
      content: {
        'application/json': {
          schema: z.object({ pages: z.array(PageSchema), ...nextFields }).openapi('PageList'),
        },
      },
    },
    ...problemAnswers('bad-request', 'bad-cursor', 'task-not-found'),
  },
});

const one = createRoute({
  method: 'get',
  path: '/api/v1/page',
  tags: ['The map'],
  summary: 'One page with its sections and links',
  description: 'A URL that redirects, or that shows what another one shows, answers the page it leads to.',
  request: { query: z.strictObject({ url: z.string().max(4096) }) },
  responses: {
    200: { description: 'The page', content: { 'application/json': { schema: PageDetailSchema } } },
    ...problemAnswers('bad-request', 'bad-url', 'page-not-found'),
  },
});

/** The pages of a crawl, and one page of the map. */
export function pageRoutes(app: OpenAPIHono, { tasks, graph }: ApiDeps): void {
  app.openapi(list, async (c) => {
    const { id } = c.req.valid('param');
    const { parsed, cursor = null, limit } = c.req.valid('query');
    await requireTask(tasks, id);
    const found = parsed
      ? await parsedPages(graph, id, { cursor, limit })
      : await plainPages(graph, id, { cursor, limit });
    const next =
      found.next === null ? null : pathWith(taskLinks(id).pages, { parsed, limit, cursor: found.next });
    return c.json({ pages: [...found.pages], next, next_cursor: found.next }, 200);
  });
  app.openapi(one, async (c) => {
    const page = await onMap(c.req.valid('query').url, (url) => graph.page(url));
    return c.json(pageDetailView(page), 200);
  });
}

async function plainPages(
  graph: GraphStore,
  crawlId: string,
  query: { cursor: string | null; limit: number },
) {
  const { pages, next } = await graph.pages(crawlId, query);
  return { pages: pages.map(pageView), next };
}
