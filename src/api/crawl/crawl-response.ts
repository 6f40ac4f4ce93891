import { z } from '@hono/zod-openapi';
import { ERRORS, type ErrorCode } from '../../core/errors.ts';
import type { TaskRecord } from '../../model/task.ts';
import type { TaskResult } from '../../model/task-result.ts';
import type { GraphStore } from '../../ports/graph-store.ts';
import { pathWith } from '../fields/fields.ts';
import { PageDetailSchema, pageDetailView } from '../pages/page-view.ts';
import { shownPages } from '../pages/shown-pages.ts';
import { ProblemError } from '../problem/problem.ts';
import {
  crawlResultView,
  ResultSchema,
  TaskLinksSchema,
  TaskStatusSchema,
  taskLinks,
} from '../tasks/task-view.ts';

/** Pages in the answer to a foreground crawl; the rest is under `next`. */
const ANSWER_PAGES = 100;

export const CrawlResultSchema = ResultSchema.extend({
  task_id: z.string(),
  data: z
    .array(PageDetailSchema)
    .openapi({ description: `The first ${ANSWER_PAGES} pages, or fewer if they are large.` }),
  next: z.string().nullable().openapi({ description: 'Path of the further pages; null if these are all.' }),
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

/** The answer to a crawl that has ended well. */
export async function crawlResponse(
  graph: GraphStore,
  taskId: string,
  result: TaskResult,
): Promise<z.infer<typeof CrawlResultSchema>> {
  const { pages, next } = await shownPages(
    graph,
    taskId,
    { cursor: null, limit: ANSWER_PAGES },
    pageDetailView,
  );
  const links = taskLinks(taskId);
  return {
    ...crawlResultView(result),
    task_id: taskId,
    data: [...pages],
    next: next === null ? null : pathWith(links.pages, { parsed: true, cursor: next }),
    links,
  };
}

/** The answer to a crawl that goes on. */
export function accepted(task: TaskRecord, message: string): z.infer<typeof AcceptedSchema> {
  return { task_id: task.id, status: task.status, message, links: taskLinks(task.id) };
}

/** The problem of a crawl that was waited for and did not end well. */
export function endProblem(task: TaskRecord): ProblemError {
  const extras = { taskId: task.id };
  if (task.status === 'cancelled') {
    return new ProblemError('task-cancelled', 'The crawl was cancelled while it was waited for.', extras);
  }
  const { code, message } = task.error ?? { code: 'crawl-failed', message: task.message };
  return new ProblemError(code in ERRORS ? (code as ErrorCode) : 'crawl-failed', message, extras);
}
