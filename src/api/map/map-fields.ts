import { z } from '@hono/zod-openapi';
import { readQuestion } from '../../core/map/read-question.ts';
import type { Question } from '../../ports/graph-store.ts';
import { badRequest } from '../problem/field-problems.ts';

const MOST_QUESTION = 500;
const MOST_URL = 4096;

/** Words of a person or an agent. */
export const QuestionSchema = z
  .string()
  .min(1, 'must hold at least one word')
  .max(MOST_QUESTION, `must be ${MOST_QUESTION} characters at most`);

/** A URL in any spelling. */
export const UrlSchema = z.string().max(MOST_URL, `must be ${MOST_URL} characters at most`);

/** @throws {WaymarkError} `bad-request` if there is no letter and no digit in it. */
export function questionOf(field: string, text: string): Question {
  const question = readQuestion(text);
  if (question === null)
    throw badRequest([{ path: field, message: 'must hold at least one letter or digit' }]);
  return question;
}
