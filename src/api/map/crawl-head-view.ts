import { z } from '@hono/zod-openapi';
import type { CrawlHead } from '../../model/history.ts';
import { TimeSchema, timeOf, timeOrNull } from '../fields/fields.ts';

export const CrawlHeadSchema = z
  .object({
    task_id: z.string(),
    started_at: TimeSchema,
    finished_at: TimeSchema.nullable().openapi({ description: 'Null while it runs, or if it was given up.' }),
    pages: z.int().openapi({ description: 'Pages that it stored.' }),
  })
  .openapi('CrawlHead');

/** A crawl of a site as the API shows it. */
export function crawlHeadView(crawl: CrawlHead): z.infer<typeof CrawlHeadSchema> {
  const { id, startedAt, finishedAt, pages } = crawl;
  return { task_id: id, started_at: timeOf(startedAt), finished_at: timeOrNull(finishedAt), pages };
}
