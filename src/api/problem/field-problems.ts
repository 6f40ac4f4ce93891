import type { z } from '@hono/zod-openapi';
import type { FieldProblem } from './problem.ts';
import { ProblemError } from './problem-error.ts';

/** What a schema found wrong, one entry per value; `known` are the keys that are taken. */
export function fieldProblems(error: z.ZodError, known: readonly string[] = []): readonly FieldProblem[] {
  return error.issues.flatMap((issue) => {
    if (issue.code !== 'unrecognized_keys') return [{ path: issue.path.join('.'), message: issue.message }];
    return issue.keys.map((key) => ({ path: [...issue.path, key].join('.'), message: unknownKey(known) }));
  });
}

/** The error of a request whose values are wrong. */
export function badRequest(errors: readonly FieldProblem[]): ProblemError {
  const detail = errors
    .map(({ path, message }) => (path === '' ? message : `${path}: ${message}`))
    .join('; ');
  return new ProblemError('bad-request', `${detail}.`, { errors });
}

function unknownKey(known: readonly string[]): string {
  const keys = known.length === 0 ? '' : `; known are ${known.join(', ')}`;
  return `is not known here${keys}`;
}
