import { z } from '@hono/zod-openapi';
import { listPatternProblem } from '../../core/pagination/page-pattern.ts';
import { PAGE_PLACEHOLDER } from '../../core/pagination/page-slot.ts';
import type { CrawlOptions } from '../../model/crawl-options.ts';
import type { PaginatedListOptions } from '../../model/task.ts';
import type { ApiSettings } from '../api-deps.ts';
import { seedUrl } from '../crawl/caller-url.ts';
import {
  flag,
  MAX_WAIT_SECONDS,
  visitFields,
  visitOptions,
  whole,
  wholeFrom,
} from '../fields/request-fields.ts';
import { badRequest, type FieldProblem } from '../problem/problem.ts';
import { webhookField } from '../webhooks/webhook-fields.ts';

/** A larger total is rejected as a mistake. */
const MAX_TOTAL_PAGES = 1_000_000;
/** Highest total for which `all` is accepted. */
const MAX_WHOLE_LIST = 10_000;

/** The schema of a pagination request within the operator's limits, for body and query. It rejects unknown keys. */
export function paginationRequestSchema(settings: ApiSettings) {
  return z
    .strictObject({
      total_pages: wholeFrom(1, MAX_TOTAL_PAGES).openapi({ description: 'Number of pages of the list.' }),
      url_pattern: z.string().openapi({
        description: `URL of a page of the list, with ${PAGE_PLACEHOLDER} in place of its number.`,
        example: `https://example.com/news?page=${PAGE_PLACEHOLDER}`,
      }),
      all: flag(
        false,
        `Visit every page instead of a sample; for lists of at most ${maxWholeList(settings)} pages.`,
      ),
      wait: whole(
        0,
        MAX_WAIT_SECONDS,
        0,
        'Seconds to wait for the end; then the task continues in the background.',
      ),
      webhook: webhookField,
      ...visitFields(settings),
    })
    .openapi('PaginationRequest');
}

export type PaginationRequestSchema = ReturnType<typeof paginationRequestSchema>;
type PaginationRequest = z.infer<PaginationRequestSchema>;

interface PaginationTask {
  readonly options: CrawlOptions;
  readonly list: PaginatedListOptions;
}

/**
 * Converts a request to the options of its task.
 *
 * @throws {WaymarkError} `bad-url`, `unsupported-scheme` and `address-refused` for the first page of the list; `bad-request` for
 * a pattern that does not select pages, and for `all` with a list that is too large.
 */
export function paginationTask(
  request: PaginationRequest,
  settings: ApiSettings,
  checkUrl: (url: string) => void,
): PaginationTask {
  const { url_pattern: urlPattern, total_pages: totalPages, all, hash_routes: hashRoutes } = request;
  const firstPage = urlPattern.replaceAll(PAGE_PLACEHOLDER, '1');
  const url = seedUrl(firstPage, hashRoutes, checkUrl, 'url_pattern');
  const problems = problemsOf(request, settings);
  if (problems.length > 0) throw badRequest(problems);
  return { options: crawlOptions(request, url), list: { urlPattern, totalPages, all } };
}

function problemsOf(request: PaginationRequest, settings: ApiSettings): readonly FieldProblem[] {
  const pattern = listPatternProblem(request.url_pattern, { hashRoutes: request.hash_routes });
  const isTooLarge = request.all && request.total_pages > maxWholeList(settings);
  const size = isTooLarge
    ? `is for lists of at most ${maxWholeList(settings)} pages. Leave it out to visit a sample`
    : null;
  return [
    { path: 'url_pattern', message: pattern },
    { path: 'all', message: size },
  ].flatMap(({ path, message }) => (message === null ? [] : [{ path, message }]));
}

function maxWholeList({ maxPagesLimit }: ApiSettings): number {
  return Math.min(MAX_WHOLE_LIST, maxPagesLimit);
}

/** `url` is the canonical URL of the first page. */
function crawlOptions(request: PaginationRequest, url: string): CrawlOptions {
  return {
    url,
    depth: 0,
    maxPages: null,
    include: [],
    exclude: [],
    subdomains: false,
    sitemap: false,
    summarize: false,
    ...visitOptions(request),
  };
}
