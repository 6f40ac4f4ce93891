import { z } from '@hono/zod-openapi';
import { ERRORS, type ErrorCode } from '../../core/errors.ts';
import type { TaskRecord } from '../../model/task.ts';
import type { TaskResult } from '../../model/task-result.ts';
import type { PageQueries } from '../../ports/graph-store.ts';
import { pathWith } from '../fields/fields.ts';
import { PageDetailSchema, pageDetailView } from '../pages/page-view.ts';
import { ProblemError } from '../problem/problem.ts';
import {
  crawlResultView,
  ResultSchema,
  TaskLinksSchema,
  TaskStatusSchema,
  taskLinks,
} from '../tasks/task-view.ts';

/** Pages in the response to a foreground crawl; `next` has the rest. */
const RESPONSE_PAGES = 100;

export const CrawlResultSchema = ResultSchema.extend({
  task_id: z.string(),
  data: z
    .array(PageDetailSchema)
    .openapi({ description: `The first ${RESPONSE_PAGES} pages, or fewer if they are large.` }),
  next: z.string().nullable().openapi({ description: 'Path of the next pages; null if there are none.' }),
  links: TaskLinksSchema,
}).openapi('CrawlResult');

export const AcceptedSchema = z
  .object({
    task_id: z.string(),
    status: TaskStatusSchema,
    message: z.string(),
    links: TaskLinksSchema,
  })
  .openapi('Accepted');

/** The response to a completed crawl. */
export async function crawlResponse(
  graph: Pick<PageQueries, 'pageDetails'>,
  taskId: string,
  result: TaskResult,
): Promise<z.infer<typeof CrawlResultSchema>> {
  const { pages, next } = await graph.pageDetails(taskId, { cursor: null, limit: RESPONSE_PAGES });
  const links = taskLinks(taskId);
  return {
    ...crawlResultView(result),
    task_id: taskId,
    data: pages.map(pageDetailView),
    next: next === null ? null : pathWith(links.pages, { parsed: true, cursor: next }),
    links,
  };
}

/** The response to a crawl that continues in the background. */
export function accepted(task: TaskRecord, message: string): z.infer<typeof AcceptedSchema> {
  return { task_id: task.id, status: task.status, message, links: taskLinks(task.id) };
}

/** The error for a foreground request whose crawl failed or was cancelled. */
export function endProblem(task: TaskRecord): ProblemError {
  const extras = { taskId: task.id };
  if (task.status === 'cancelled') {
    return new ProblemError(
      'task-cancelled',
      'The crawl was cancelled while this request waited for it.',
      extras,
    );
  }
  const { code, message } = task.error ?? { code: 'crawl-failed', message: task.message };
  return new ProblemError(code in ERRORS ? (code as ErrorCode) : 'crawl-failed', message, extras);
}
