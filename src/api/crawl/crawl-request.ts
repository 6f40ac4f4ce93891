import { z } from '@hono/zod-openapi';
import { patternProblem } from '../../core/url/url-pattern.ts';
import type { CrawlOptions } from '../../ports/task-queue.ts';
import type { ApiSettings } from '../api-deps.ts';

const MAX_DEPTH = 1000;
const MAX_PATTERNS = 50;
const MAX_DELAY_MS = 600_000;
const MAX_WAIT_SECONDS = 600;

/** What may be asked of a crawl, within the operator's limits. Serves body and query alike; unknown keys are refused. */
export function crawlRequestSchema(settings: ApiSettings) {
  const { maxPagesLimit, maxTaskSeconds, hostConcurrency, hostDelayMs, waitSeconds } = settings;
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
      render: z.enum(['auto', 'browser', 'http']).default('auto').openapi({
        description:
          '`browser` loads every page in a browser, `http` none; `auto` leaves the choice to the service.',
      }),
      include: patterns(
        'Visit only URLs that one of these patterns matches; `*` stands for anything, `/docs` for a path’s start.',
      ),
      exclude: patterns('Visit no URL that one of these patterns matches.'),
      subdomains: flag(false, 'Visit the sub-domains of the host too.'),
      hash_routes: flag(false, 'Take `#/…` and `#!…` as pages of their own.'),
      robots: flag(true, 'Obey robots.txt.'),
      sitemap: flag(true, 'Start at the URLs of the site’s sitemaps too.'),
      summarize: flag(false, 'Summarise sections and pages. This version makes no summaries yet.'),
      media: flag(false, 'Load pictures, fonts and media too.'),
      max_seconds: whole(
        1,
        maxTaskSeconds,
        maxTaskSeconds,
        'Seconds that the crawl may run, pauses not counted.',
      ),
      host_concurrency: whole(1, hostConcurrency, hostConcurrency, 'Pages open at once on one host.'),
      host_delay_ms: whole(
        hostDelayMs,
        Math.max(MAX_DELAY_MS, hostDelayMs),
        hostDelayMs,
        'Milliseconds between the starts of two visits to one host.',
      ),
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
    render: request.render,
    include: request.include,
    exclude: request.exclude,
    subdomains: request.subdomains,
    hashRoutes: request.hash_routes,
    robots: request.robots,
    sitemap: request.sitemap,
    summarize: request.summarize,
    media: request.media,
    maxSeconds: request.max_seconds,
    hostConcurrency: request.host_concurrency,
    hostDelayMs: request.host_delay_ms,
  };
}

function whole(min: number, max: number, fallback: number, description: string) {
  const message = `must be a whole number from ${min} to ${max}`;
  return z.int(message).min(min, message).max(max, message).default(fallback).openapi({ description });
}

function flag(fallback: boolean, description: string) {
  return z.boolean('must be true or false').default(fallback).openapi({ description });
}

function patterns(description: string) {
  const pattern = z.string().superRefine((value, context) => {
    const problem = patternProblem(value);
    if (problem !== null) context.addIssue(problem);
  });
  return z
    .array(pattern, 'must be a list of patterns')
    .max(MAX_PATTERNS, `must be ${MAX_PATTERNS} patterns at most`)
    .default([])
    .openapi({ description });
}
