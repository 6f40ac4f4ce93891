import { z } from '@hono/zod-openapi';
import { readQuestion } from '../../core/map/read-question.ts';
import type { Question } from '../../model/question.ts';
import { badRequest } from '../problem/field-problems.ts';

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
