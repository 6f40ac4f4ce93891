import { z } from '@hono/zod-openapi';
import { WaymarkError } from '../../core/errors.ts';
import { readQuestion } from '../../core/map/read-question.ts';
import { canonicalUrl } from '../../core/url/canonical-url.ts';
import type { Question } from '../../model/question.ts';
import { badRequest } from '../problem/problem.ts';

const MAX_QUESTION = 500;
const MAX_URL = 4096;

/** Words of a person or an agent. */
export const QuestionSchema = z
  .string()
  .min(1, 'must hold at least one word')
  .max(MAX_QUESTION, `must be ${MAX_QUESTION} characters at most`);

/** A URL in any spelling. */
export const UrlSchema = z.string().max(MAX_URL, `must be ${MAX_URL} characters at most`);

/** @throws {WaymarkError} `bad-request` if there is no letter and no digit in it. */
export function questionOf(field: string, text: string): Question {
  const question = readQuestion(text);
  if (question === null)
    throw badRequest([{ path: field, message: 'must hold at least one letter or digit' }]);
  return question;
}

/**
 * Reads what is on the map under a URL: as the page of a hash route first, then without its fragment.
 *
 * @throws {WaymarkError} `bad-url`, or `page-not-found` if there is nothing under either form.
 */
export async function onMap<T>(url: string, read: (canonical: string) => Promise<T | null>): Promise<T> {
  const forms = [canonicalUrl(url, undefined, { hashRoutes: true }), canonicalUrl(url)];
  for (const form of new Set(forms)) {
    if (form === null) throw new WaymarkError('bad-url', 'This is not an http or https URL.');
    const found = await read(form);
    if (found !== null) return found;
  }
  throw new WaymarkError('page-not-found', 'No crawl has stored this page.');
}
