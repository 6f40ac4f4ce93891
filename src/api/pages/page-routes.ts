import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { ListQuery } from '../../model/list-query.ts';
import type { PageDetail } from '../../model/page.ts';
import type { PageQueries } from '../../ports/graph-store.ts';
import type { ApiDeps } from '../api-deps.ts';
import {
  nextFields,
  pathWith,
  queryBoolean,
  queryCursor,
  queryInteger,
  TaskParams,
} from '../fields/fields.ts';
import { onMap } from '../map/map-request.ts';
import { problemResponses } from '../problem/problem-response.ts';
import { requireTask } from '../tasks/require-task.ts';
import { taskLinks } from '../tasks/task-view.ts';
import {
  markdownOf,
  markdownView,
  PageDetailSchema,
  PageSchema,
  type PageView,
  pageDetailView,
  pageView,
} from './page-view.ts';

const TAGS = ['Results'];

const queryFormat = z.enum(['json', 'markdown'], 'must be json or markdown').default('json');

const list = createRoute({
  method: 'get',
  path: '/api/v1/tasks/{id}/pages',
  tags: TAGS,
  summary: 'List the pages that a crawl has stored so far',
  request: {
    params: TaskParams,
    query: z.strictObject({
      parsed: queryBoolean().openapi({
        description:
          'Include the sections and links of each page. Large pages can reduce the number of pages in a response below `limit`.',
      }),
      format: queryFormat.openapi({
        description: '`markdown`: include the content of each page as Markdown, generated from its sections.',
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
    ...problemResponses('bad-request', 'bad-cursor', 'task-not-found'),
  },
});

const one = createRoute({
  method: 'get',
  path: '/api/v1/page',
  tags: ['The map'],
  summary: 'Get one page with its sections and links',
  description: 'For a URL that redirects or duplicates another page, returns the target page.',
  request: {
    query: z.strictObject({
      url: z.string().max(4096),
      format: queryFormat.openapi({ description: '`markdown`: the content of the page as Markdown.' }),
    }),
  },
  responses: {
    200: {
      description: 'The page',
      content: {
        'application/json': { schema: PageDetailSchema },
        'text/markdown': { schema: z.string() },
      },
    },
    ...problemResponses('bad-request', 'bad-url', 'page-not-found'),
  },
});

/** Registers the pages of a crawl and the single page of the map. */
export function pageRoutes(app: OpenAPIHono, { tasks, graph }: ApiDeps): void {
  app.openapi(list, async (c) => {
    const { id } = c.req.valid('param');
    const { parsed, format, cursor = null, limit } = c.req.valid('query');
    await requireTask(tasks, id);
    const view = viewOf(parsed, format === 'markdown');
    const part = { cursor, limit };
    const found = view === null ? await plainPages(graph, id, part) : await wholePages(graph, id, part, view);
    const query = { parsed, format: format === 'json' ? null : format, limit, cursor: found.next };
    const next = found.next === null ? null : pathWith(taskLinks(id).pages, query);
    return c.json({ pages: [...found.pages], next, next_cursor: found.next }, 200);
  });
  app.openapi(one, async (c) => {
    const { url, format } = c.req.valid('query');
    const page = await onMap(url, (form) => graph.page(form));
    if (format === 'json') return c.json(pageDetailView(page), 200);
    return c.text(markdownOf(page), 200, { 'Content-Type': 'text/markdown; charset=utf-8' });
  });
}

/** The format of the pages; null if it needs no sections and links. */
function viewOf(parsed: boolean, markdown: boolean): ((page: PageDetail) => PageView) | null {
  if (parsed && markdown) return (page) => ({ ...pageDetailView(page), ...markdownView(page) });
  if (parsed) return pageDetailView;
  return markdown ? markdownView : null;
}

async function plainPages(graph: Pick<PageQueries, 'pages'>, crawlId: string, query: ListQuery) {
  const { pages, next } = await graph.pages(crawlId, query);
  return { pages: pages.map(pageView), next };
}

async function wholePages(
  graph: Pick<PageQueries, 'pageDetails'>,
  crawlId: string,
  query: ListQuery,
  view: (page: PageDetail) => PageView,
) {
  const { pages, next } = await graph.pageDetails(crawlId, query);
  return { pages: pages.map(view), next };
}
