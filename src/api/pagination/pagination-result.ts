import { z } from '@hono/zod-openapi';
import type { PaginatedListOptions } from '../../model/task.ts';
import type { PaginationResult, TaskResult } from '../../model/task-result.ts';

const PageResultSchema = z
  .object({
    page: z.int(),
    url: z.string(),
    state: z.enum(['pending', 'active', 'done', 'failed', 'skipped']),
    reason: z
      .string()
      .nullable()
      .openapi({ description: 'Why the page was skipped or failed; the codes of the ledger.' }),
    title: z.string().nullable().openapi({ description: 'Null if the page is not in the map.' }),
    sections: z.int(),
  })
  .openapi('BoardPage');

export const PaginationResultSchema = z
  .object({
    status: z.literal('completed'),
    strategy: z.enum(['all', 'representative', 'sampling']),
    pages_crawled: z.array(z.int()).openapi({ description: 'Numbers of the visited pages.' }),
    total_pages: z.int(),
    results: z.array(PageResultSchema).openapi({
      description: 'The first 1,000 selected pages; the ledger of the task has all of them.',
    }),
    execution_time: z
      .number()
      .openapi({ description: 'Run time of the task in seconds, over all its runs.' }),
    ended_early: z.string().nullable().openapi({
      description:
        '`repeats` if the pages repeat the same entries, so that the list ends before `total_pages` or never.',
    }),
  })
  .openapi('PaginationResult');

/** Converts the result of a pagination task to its API format. */
export function paginationResult(
  { totalPages }: PaginatedListOptions,
  { executionTime, endedEarly }: TaskResult,
  { strategy, pages, results }: PaginationResult,
): z.infer<typeof PaginationResultSchema> {
  return {
    status: 'completed',
    strategy,
    pages_crawled: [...pages],
    total_pages: totalPages,
    results: results.map((result) => ({ ...result })),
    execution_time: executionTime,
    ended_early: endedEarly,
  };
}
