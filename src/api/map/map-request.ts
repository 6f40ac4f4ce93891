import { z } from '@hono/zod-openapi';
import { WaymarkError } from '../../core/errors.ts';
import { parseQuery } from '../../core/map/match.ts';
import { canonicalUrl } from '../../core/url/canonical-url.ts';
import type { SearchQuery } from '../../model/search-query.ts';
import { badRequest } from '../problem/problem.ts';

const MAX_QUERY = 500;
const MAX_URL = 4096;

/** The query of a person or an agent. */
export const QuerySchema = z
  .string()
  .min(1, 'must contain at least one word')
  .max(MAX_QUERY, `must have at most ${MAX_QUERY} characters`);

/** A URL in any form; the route canonicalizes it. */
export const UrlSchema = z.string().max(MAX_URL, `must have at most ${MAX_URL} characters`);

/** Parses a query. @throws {WaymarkError} `bad-request` if it has no letter and no digit. */
export function queryOf(field: string, text: string): SearchQuery {
  const query = parseQuery(text);
  if (query === null)
    throw badRequest([{ path: field, message: 'must contain at least one letter or digit' }]);
  return query;
}

/**
 * Reads the map under a URL: first with its fragment as a hash route, then without its fragment.
 *
 * @throws {WaymarkError} `bad-url`, or `page-not-found` if `read` returns null for both forms.
 */
export async function onMap<T>(url: string, read: (canonical: string) => Promise<T | null>): Promise<T> {
  const forms = [canonicalUrl(url, undefined, { hashRoutes: true }), canonicalUrl(url)];
  for (const form of new Set(forms)) {
    if (form === null)
      throw new WaymarkError(
        'bad-url',
        'This is not an http or https URL. Give the complete URL: https://example.com/.',
      );
    const found = await read(form);
    if (found !== null) return found;
  }
  throw new WaymarkError('page-not-found', 'No crawl has stored this page. Crawl its site first.');
}
