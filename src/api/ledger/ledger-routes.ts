import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { REASON_CODES, URL_REASONS } from '../../core/ledger/url-reasons.ts';
import type { LedgerRow } from '../../model/ledger.ts';
import type { UrlReason } from '../../model/reason.ts';
import type { ApiDeps } from '../api-deps.ts';
import { nextFields, pathWith, queryCursor, queryInteger, TaskParams } from '../fields/fields.ts';
import { problemResponses } from '../problem/problem-response.ts';
import { requireTask } from '../tasks/require-task.ts';
import { taskLinks } from '../tasks/task-view.ts';

const TAGS = ['Results'];

const StateSchema = z.enum(['pending', 'active', 'done', 'failed', 'skipped']).openapi('UrlState');
const ReasonSchema = z.enum(REASON_CODES).openapi('UrlReason', { description: 'See docs/errors.md.' });

const RowSchema = z
  .object({
    url: z.string(),
    state: StateSchema,
    reason: ReasonSchema.nullable(),
    detail: z.string().nullable(),
    target: z.string().nullable().openapi({ description: 'Target of a redirect or a duplicate.' }),
    depth: z.int().openapi({ description: 'Clicks from the start.' }),
    by: z
      .enum(['seed', 'link', 'sitemap', 'redirect', 'board'])
      .openapi({ description: 'How the crawl found the URL; `board`: from the pagination of a list.' }),
    found_on: z.string().nullable(),
    attempts: z.int(),
  })
  .openapi('LedgerRow');

const ReasonCountSchema = z
  .object({
    reason: ReasonSchema,
    state: z.enum(['skipped', 'failed']),
    title: z.string().openapi({ description: 'Description of the reason.' }),
    count: z.int(),
  })
  .openapi('ReasonCount');

const ledger = createRoute({
  method: 'get',
  path: '/api/v1/tasks/{id}/ledger',
  tags: TAGS,
  summary: 'List every URL that a crawl has seen, with its state and reason',
  request: {
    params: TaskParams,
    query: z.strictObject({
      state: StateSchema.optional(),
      cursor: queryCursor,
      limit: queryInteger({ min: 1, max: 1000, fallback: 100 }),
    }),
  },
  responses: {
    200: {
      description: 'URLs in the order in which they were found',
      content: {
        'application/json': {
          schema: z.object({ urls: z.array(RowSchema), ...nextFields }).openapi('Ledger'),
        },
      },
    },
    ...problemResponses('bad-request', 'bad-cursor', 'task-not-found'),
  },
});

const reasons = createRoute({
  method: 'get',
  path: '/api/v1/tasks/{id}/reasons',
  tags: TAGS,
  summary: 'Count skipped and failed URLs by reason',
  request: { params: TaskParams },
  responses: {
    200: {
      description: 'The most frequent reason first',
      content: {
        'application/json': {
          schema: z.object({ reasons: z.array(ReasonCountSchema) }).openapi('ReasonCounts'),
        },
      },
    },
    ...problemResponses('task-not-found'),
  },
});

/** Registers the ledger of a crawl and its counts by reason. */
export function ledgerRoutes(app: OpenAPIHono, { tasks, crawls }: ApiDeps): void {
  app.openapi(ledger, async (c) => {
    const { id } = c.req.valid('param');
    const { state = null, cursor = null, limit } = c.req.valid('query');
    await requireTask(tasks, id);
    const page = await crawls.ledger(id, { state, cursor, limit });
    const next =
      page.next === null ? null : pathWith(taskLinks(id).ledger, { state, limit, cursor: page.next });
    return c.json({ urls: page.rows.map(rowView), next, next_cursor: page.next }, 200);
  });
  app.openapi(reasons, async (c) => {
    const { id } = c.req.valid('param');
    const task = await requireTask(tasks, id);
    return c.json({ reasons: reasonCounts(task.result?.reasons ?? (await crawls.reasons(id))) }, 200);
  });
}

function rowView({ foundOn, ...row }: LedgerRow): z.infer<typeof RowSchema> {
  return { ...row, found_on: foundOn };
}

function reasonCounts(counts: Readonly<Record<string, number>>): z.infer<typeof ReasonCountSchema>[] {
  return Object.entries(counts)
    .filter((entry): entry is [UrlReason, number] => entry[0] in URL_REASONS)
    .map(([reason, count]) => ({ reason, ...URL_REASONS[reason], count }))
    .sort((a, b) => b.count - a.count);
}
