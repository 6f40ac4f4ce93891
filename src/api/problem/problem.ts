import { z } from '@hono/zod-openapi';
import { ERRORS, type ErrorCode, WaymarkError } from '../../core/errors.ts';

const CODES = Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]];

/** A value of the request that is wrong. */
export const FieldProblemSchema = z
  .object({
    path: z.string().openapi({ description: 'Where it stands: `depth`, `include.0`.' }),
    message: z.string(),
  })
  .openapi('FieldProblem');

/** Problem details (RFC 9457). */
export const ProblemSchema = z
  .object({
    type: z
      .string()
      .openapi({ description: 'Where this kind of error is explained.', example: '/docs#error-bad-url' }),
    title: z.string(),
    status: z.int(),
    detail: z.string().openapi({ description: 'What was wrong this time.' }),
    code: z.enum(CODES).openapi({ description: 'Stable: match this.' }),
    retryable: z.boolean().openapi({ description: 'The same call can succeed later.' }),
    errors: z
      .array(FieldProblemSchema)
      .optional()
      .openapi({ description: 'What is wrong with the request.' }),
    task_id: z.string().optional().openapi({ description: 'The task that failed.' }),
  })
  .openapi('Problem');

export type FieldProblem = z.infer<typeof FieldProblemSchema>;
export type Problem = z.infer<typeof ProblemSchema>;

export const PROBLEM_TYPE = 'application/problem+json';

/** What a problem holds beside its code and words. */
export interface ProblemExtras {
  readonly errors?: readonly FieldProblem[];
  readonly taskId?: string;
}

/** The problem of an error code. */
export function problemOf(code: ErrorCode, detail: string, extras: ProblemExtras = {}): Problem {
  const { title, status, retryable } = ERRORS[code];
  return {
    type: `/docs#error-${code}`,
    title,
    status,
    detail,
    code,
    retryable,
    ...(extras.errors === undefined ? {} : { errors: [...extras.errors] }),
    ...(extras.taskId === undefined ? {} : { task_id: extras.taskId }),
  };
}

/** An error of a request, with what its problem details hold beside code and words. */
export class ProblemError extends WaymarkError {
  readonly extras: ProblemExtras;

  constructor(code: ErrorCode, message: string, extras: ProblemExtras) {
    super(code, message);
    this.extras = extras;
  }
}

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
