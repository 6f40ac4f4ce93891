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

/** Larger boards are taken for a mistake. */
const MAX_TOTAL_PAGES = 1_000_000;
/** Boards up to so many pages may be taken whole. */
const MAX_WHOLE_BOARD = 10_000;

/** What may be asked of a board, within the operator's limits. Serves body and query alike; unknown keys are refused. */
export function paginationRequestSchema(settings: ApiSettings) {
  return z
    .strictObject({
      total_pages: wholeFrom(1, MAX_TOTAL_PAGES).openapi({ description: 'Pages that the board has.' }),
      url_pattern: z.string().openapi({
        description: `URL of a page of the board, with ${PAGE_PLACEHOLDER} where its number stands.`,
        example: `https://example.com/news?page=${PAGE_PLACEHOLDER}`,
      }),
      all: flag(
        false,
        `Visit every page instead of a sample, on boards of ${mostWhole(settings)} pages at most.`,
      ),
      wait: whole(0, MAX_WAIT_SECONDS, 0, 'Seconds to wait for the end; then the task goes on by itself.'),
      webhook: webhookField,
      ...visitFields(settings),
    })
    .openapi('PaginationRequest');
}

export type PaginationRequestSchema = ReturnType<typeof paginationRequestSchema>;
export type PaginationRequest = z.infer<PaginationRequestSchema>;

export interface PaginationTask {
  readonly options: CrawlOptions;
  readonly list: PaginatedListOptions;
}

/**
 * The task that a request asks for.
 *
 * @throws {WaymarkError} `bad-url`, `unsupported-scheme` and `address-refused` by the board's first page; `bad-request`
 * for a pattern that does not choose pages, and for a board that is too large to be taken whole.
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
  return { options: boardOptions(request, url), list: { urlPattern, totalPages, all } };
}

function problemsOf(request: PaginationRequest, settings: ApiSettings): readonly FieldProblem[] {
  const pattern = listPatternProblem(request.url_pattern, { hashRoutes: request.hash_routes });
  const isTooLarge = request.all && request.total_pages > mostWhole(settings);
  const size = isTooLarge ? `is for boards of ${mostWhole(settings)} pages at most` : null;
  return [
    { path: 'url_pattern', message: pattern },
    { path: 'all', message: size },
  ].flatMap(({ path, message }) => (message === null ? [] : [{ path, message }]));
}

function mostWhole({ maxPagesLimit }: ApiSettings): number {
  return Math.min(MAX_WHOLE_BOARD, maxPagesLimit);
}

/** `url` is the canonical URL of the first page. */
function boardOptions(request: PaginationRequest, url: string): CrawlOptions {
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
