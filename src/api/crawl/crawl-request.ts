import { z } from '@hono/zod-openapi';
import { patternProblem } from '../../core/url/url-pattern.ts';
import type { CrawlOptions } from '../../model/crawl-options.ts';
import type { ApiSettings } from '../api-deps.ts';
import { flag, MAX_WAIT_SECONDS, visitFields, visitOptions, whole } from '../fields/request-fields.ts';
import { webhookField } from '../webhooks/webhook-fields.ts';

/** Highest `depth` that a caller may request, in clicks from the start. */
export const MAX_DEPTH = 1000;
const MAX_PATTERNS = 50;

/** The schema of a crawl request within the operator's limits, for body and query. It rejects unknown keys. */
export function crawlRequestSchema(settings: ApiSettings) {
  const { maxPagesLimit, waitSeconds } = settings;
  return z
    .strictObject({
      url: z.string().openapi({
        description: 'Start URL of the crawl, with http:// or https://.',
        example: 'https://example.com/',
      }),
      depth: whole(0, MAX_DEPTH, 3, 'Maximum number of clicks from the start.'),
      max_pages: whole(
        1,
        maxPagesLimit,
        Math.min(settings.maxPages, maxPagesLimit),
        'Maximum number of pages.',
      ),
      background: flag(false, 'Return a task at once instead of waiting for the end.'),
      wait: whole(
        0,
        MAX_WAIT_SECONDS,
        waitSeconds,
        'Seconds to wait for the end; then the crawl continues as a background task.',
      ),
      include: patterns(
        'Visit only URLs that match one of these patterns; `*` matches any text, `/docs` the start of a path.',
      ),
      exclude: patterns('Skip URLs that match one of these patterns.'),
      subdomains: flag(false, 'Visit the subdomains of the host too.'),
      sitemap: flag(true, 'Start from the URLs of the site’s sitemaps too.'),
      summarize: flag(false, 'Summarise sections, pages and the site.'),
      boards: z.enum(['sample', 'all']).default('sample').openapi({
        description:
          'Which pages of a paginated list to visit: a sample ([1, 2, 3, 10, 20, last]; all of up to 5 pages), or all.',
      }),
      webhook: webhookField,
      ...visitFields(settings),
    })
    .openapi('CrawlRequest');
}

export type CrawlRequestSchema = ReturnType<typeof crawlRequestSchema>;
type CrawlRequest = z.infer<CrawlRequestSchema>;

/** Converts a request to crawl options; `url` is the canonical form of its URL. */
export function crawlOptions(request: CrawlRequest, url: string): CrawlOptions {
  return {
    url,
    depth: request.depth,
    maxPages: request.max_pages,
    include: request.include,
    exclude: request.exclude,
    subdomains: request.subdomains,
    sitemap: request.sitemap,
    summarize: request.summarize,
    paginatedLists: request.boards,
    ...visitOptions(request),
  };
}

function patterns(description: string) {
  return patternList(description).default([]);
}

/** The schema of a list of URL patterns. */
export function patternList(description: string) {
  const pattern = z.string().superRefine((value, context) => {
    const problem = patternProblem(value);
    if (problem !== null) context.addIssue(problem);
  });
  return z
    .array(pattern, 'must be a list of patterns')
    .max(MAX_PATTERNS, `must have at most ${MAX_PATTERNS} patterns`)
    .openapi({ description });
}
