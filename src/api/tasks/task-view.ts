import { z } from '@hono/zod-openapi';
import type { CrawlOptions } from '../../model/crawl-options.ts';
import type { PaginatedListOptions, TaskRecord, TaskSpec, TaskStatus } from '../../model/task.ts';
import type { TaskResult } from '../../model/task-result.ts';
import { TimeSchema, timeOf } from '../fields/fields.ts';
import { PaginationResultSchema, paginationResult } from '../pagination/pagination-result.ts';
import { DeliveriesSchema, WebhookViewSchema, webhookView } from '../webhooks/webhook-fields.ts';

const TASK_STATUSES = ['pending', 'in_progress', 'paused', 'completed', 'failed', 'cancelled'] as const;

const ENDED: readonly TaskStatus[] = ['completed', 'failed', 'cancelled'];

export const TaskStatusSchema = z.enum(TASK_STATUSES).openapi('TaskStatus');

const CountsSchema = z
  .object({
    found: z.int(),
    done: z.int(),
    failed: z.int(),
    skipped: z.int(),
    pending: z.int(),
    active: z.int(),
  })
  .openapi('Counts', {
    description: 'URLs of the crawl by state; found = done + failed + skipped + pending + active.',
  });

const SummariesSchema = z
  .object({
    made: z.int().openapi({ description: 'Generated for this crawl.' }),
    cached: z
      .int()
      .openapi({ description: 'Reused: from an earlier crawl, or for the same text elsewhere.' }),
    missing: z.int().openapi({ description: 'Without a summary; a later crawl generates them.' }),
    calls: z.int().openapi({ description: 'Calls to the model, including failed ones.' }),
    tokens: z.int(),
    by: z.string().openapi({ description: '`extractive`, or the name of the model.', example: 'extractive' }),
  })
  .openapi('Summaries', {
    description:
      'Summaries of distinct texts: sections with equal content count once. Present if the task requested summaries.',
  });

export const ResultSchema = z
  .object({
    status: z.literal('completed'),
    url: z.string(),
    pages_crawled: z.int(),
    pages_failed: z.int(),
    pages_skipped: z.int(),
    sections: z.int(),
    links: z.int(),
    total_nodes: z.int().openapi({ description: 'Nodes in the graph: roots, pages and sections.' }),
    boards: z.int().optional().openapi({ description: 'Number of paginated lists of the site.' }),
    groups: z.int().optional().openapi({ description: 'Number of groups of pages with the same layout.' }),
    execution_time: z
      .number()
      .openapi({ description: 'Run time of the crawl in seconds, over all its runs.' }),
    pages_per_second: z.number(),
    reasons: z
      .record(z.string(), z.int())
      .openapi({ description: 'Failed and skipped URLs, counted by reason.' }),
    ended_early: z.string().nullable().openapi({
      description: 'Why the crawl ended before it had visited all its URLs; null if it visited them all.',
    }),
    summaries: SummariesSchema.optional(),
    pages_gone: z
      .int()
      .optional()
      .openapi({ description: 'Pages of earlier crawls that were removed from the site.' }),
  })
  .openapi('TaskResult');

export const TaskLinksSchema = z
  .object({
    self: z.string(),
    events: z.string(),
    pages: z.string(),
    ledger: z.string(),
    reasons: z.string(),
  })
  .openapi('TaskLinks');

export const TaskSchema = z
  .object({
    task_id: z.string(),
    kind: z.enum(['crawl', 'pagination']),
    queue: z.string().openapi({ description: '`command` for a crawl from the command line.' }),
    url: z.string(),
    status: TaskStatusSchema,
    progress: z.number().openapi({ description: 'Progress out of `total`.' }),
    total: z.literal(100),
    message: z.string(),
    counts: CountsSchema,
    options: z
      .record(z.string(), z.unknown())
      .openapi({ description: 'The request with every option filled in.' }),
    amendments: z.int().openapi({ description: 'Number of changes to the task while it was paused.' }),
    webhook: WebhookViewSchema.nullable(),
    deliveries: DeliveriesSchema.optional().openapi({
      description: 'Deliveries of the webhook; in the response to GET of a single task with a webhook.',
    }),
    allowed_private_host: z.string().optional().openapi({
      description:
        'The entry of ALLOWED_PRIVATE_HOSTS that holds for this task, because its seed is on that host. Only in the response to GET of one task.',
    }),
    retries: z.int().openapi({ description: 'Number of runs that ended with an error.' }),
    result: z.union([ResultSchema, PaginationResultSchema]).nullable(),
    error: z.object({ code: z.string(), message: z.string() }).nullable(),
    created_at: TimeSchema,
    started_at: TimeSchema.nullable(),
    finished_at: TimeSchema.nullable(),
    links: TaskLinksSchema,
  })
  .openapi('Task');

export type TaskView = z.infer<typeof TaskSchema>;

/** Whether a status is final; only a failed task can be resumed. */
export function isEnded(status: TaskStatus): boolean {
  return ENDED.includes(status);
}

/** Converts a task to its API format. */
export function taskView(task: TaskRecord): TaskView {
  return {
    task_id: task.id,
    kind: task.spec.kind,
    queue: task.spec.queue,
    url: task.spec.options.url,
    status: task.status,
    progress: task.progress,
    total: 100,
    message: task.message,
    counts: { ...task.counts },
    options: optionsOf(task),
    amendments: task.amendments,
    webhook: task.spec.webhook === undefined ? null : webhookView(task.spec.webhook),
    retries: task.retries,
    result: task.result === null ? null : resultView(task.spec, task.result),
    error: task.error === null ? null : { ...task.error },
    created_at: timeOf(task.createdAt),
    started_at: task.startedAt === null ? null : timeOf(task.startedAt),
    finished_at: task.finishedAt === null ? null : timeOf(task.finishedAt),
    links: taskLinks(task.id),
  };
}

export function taskLinks(taskId: string): z.infer<typeof TaskLinksSchema> {
  const self = `/api/v1/tasks/${encodeURIComponent(taskId)}`;
  return {
    self,
    events: `${self}/events`,
    pages: `${self}/pages`,
    ledger: `${self}/ledger`,
    reasons: `${self}/reasons`,
  };
}

function resultView(spec: TaskSpec, result: TaskResult): TaskView['result'] {
  return spec.kind === 'pagination' && result.pagination !== undefined
    ? paginationResult(spec.list, result, result.pagination)
    : crawlResultView(result);
}

/** Converts the result of a crawl to the format of the API, of webhooks and of `--json`. */
export function crawlResultView(result: TaskResult): z.infer<typeof ResultSchema> {
  return {
    status: 'completed',
    url: result.url,
    pages_crawled: result.pagesCrawled,
    pages_failed: result.pagesFailed,
    pages_skipped: result.pagesSkipped,
    sections: result.sections,
    links: result.links,
    total_nodes: result.totalNodes,
    ...(result.paginatedLists === undefined ? {} : { boards: result.paginatedLists }),
    ...(result.groups === undefined ? {} : { groups: result.groups }),
    execution_time: result.executionTime,
    pages_per_second: result.pagesPerSecond,
    reasons: { ...result.reasons },
    ended_early: result.endedEarly,
    ...(result.summaries === undefined ? {} : { summaries: { ...result.summaries } }),
    ...(result.pagesRemoved === undefined ? {} : { pages_gone: result.pagesRemoved }),
  };
}

/** The options of a task, named as in a request. */
function optionsOf({ spec }: TaskRecord): Record<string, unknown> {
  return spec.kind === 'pagination'
    ? { ...listOptions(spec.list), ...visitOptions(spec.options) }
    : { ...siteOptions(spec.options), ...visitOptions(spec.options) };
}

function listOptions({ urlPattern, totalPages, all }: PaginatedListOptions): Record<string, unknown> {
  return { total_pages: totalPages, url_pattern: urlPattern, all };
}

function siteOptions(options: CrawlOptions): Record<string, unknown> {
  return {
    depth: options.depth,
    max_pages: options.maxPages,
    include: options.include,
    exclude: options.exclude,
    subdomains: options.subdomains,
    sitemap: options.sitemap,
    summarize: options.summarize,
    boards: options.paginatedLists,
  };
}

function visitOptions(options: CrawlOptions): Record<string, unknown> {
  return {
    render: options.render,
    hash_routes: options.hashRoutes,
    robots: options.robots,
    media: options.media,
    max_seconds: options.maxSeconds,
    host_concurrency: options.hostConcurrency,
    host_delay_ms: options.hostDelayMs,
  };
}
