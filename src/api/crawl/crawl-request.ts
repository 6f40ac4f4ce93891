import { z } from '@hono/zod-openapi';
import { patternProblem } from '../../core/url/url-pattern.ts';
import type { CrawlOptions } from '../../model/crawl-options.ts';
import type { ApiSettings } from '../api-deps.ts';
import { flag, MAX_WAIT_SECONDS, visitFields, visitOptions, whole } from '../fields/request-fields.ts';
import { webhookField } from '../webhooks/webhook-fields.ts';

/** Clicks from the start that a caller may ask for, at most. */
export const MAX_DEPTH = 1000;
const MAX_PATTERNS = 50;

/** What may be asked of a crawl, within the operator's limits. Serves body and query alike; unknown keys are refused. */
export function crawlRequestSchema(settings: ApiSettings) {
  const { maxPagesLimit, waitSeconds } = settings;
  return z
    .strictObject({
      url: z.string().openapi({
        description: 'Where the crawl starts, with http:// or https://.',
        example: 'https://example.com/',
      }),
      depth: whole(0, MAX_DEPTH, 3, 'Clicks from the start, at most.'),
      max_pages: whole(1, maxPagesLimit, Math.min(settings.maxPages, maxPagesLimit), 'Pages, at most.'),
      background: flag(false, 'Answer at once with a task instead of waiting for the end.'),
      wait: whole(
        0,
        MAX_WAIT_SECONDS,
        waitSeconds,
        'Seconds to wait for the end; then the crawl goes on as a task.',
      ),
      include: patterns(
        'Visit only URLs that one of these patterns matches; `*` stands for anything, `/docs` for a path’s start.',
      ),
      exclude: patterns('Visit no URL that one of these patterns matches.'),
      subdomains: flag(false, 'Visit the sub-domains of the host too.'),
      sitemap: flag(true, 'Start at the URLs of the site’s sitemaps too.'),
      summarize: flag(false, 'Summarise sections, pages and the site.'),
      boards: z.enum(['sample', 'all']).default('sample').openapi({
        description:
          'Of a list in many pages, visit a few that stand for it ([1, 2, 3, 10, 20, last]; up to 5 pages: all), or all.',
      }),
      webhook: webhookField,
      ...visitFields(settings),
    })
    .openapi('CrawlRequest');
}

export type CrawlRequestSchema = ReturnType<typeof crawlRequestSchema>;
export type CrawlRequest = z.infer<CrawlRequestSchema>;

/** The options of a request; `url` is the canonical form of its URL. */
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

/** A list of URL patterns in a request. */
export function patternList(description: string) {
  const pattern = z.string().superRefine((value, context) => {
    const problem = patternProblem(value);
    if (problem !== null) context.addIssue(problem);
  });
  return z
    .array(pattern, 'must be a list of patterns')
    .max(MAX_PATTERNS, `must be ${MAX_PATTERNS} patterns at most`)
    .openapi({ description });
}
