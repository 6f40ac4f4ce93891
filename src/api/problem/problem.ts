import { z } from '@hono/zod-openapi';
import { ERRORS, type ErrorCode, WaymarkError } from '../../core/errors.ts';

const CODES = Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]];

/** A wrong value in the request. */
const FieldProblemSchema = z
  .object({
    path: z.string().openapi({ description: 'Path of the value: `depth`, `include.0`.' }),
    message: z.string(),
  })
  .openapi('FieldProblem');

/** Problem details (RFC 9457). */
export const ProblemSchema = z
  .object({
    type: z.string().openapi({ description: 'Documentation of this error.', example: '/docs#error-bad-url' }),
    title: z.string(),
    status: z.int(),
    detail: z.string().openapi({ description: 'What was wrong with this request.' }),
    code: z.enum(CODES).openapi({ description: 'Stable; match this.' }),
    retryable: z.boolean().openapi({ description: 'Whether the same call can succeed later.' }),
    errors: z
      .array(FieldProblemSchema)
      .optional()
      .openapi({ description: 'Every wrong value of the request.' }),
    task_id: z.string().optional().openapi({ description: 'The task that failed.' }),
  })
  .openapi('Problem');

export type FieldProblem = z.infer<typeof FieldProblemSchema>;
export type Problem = z.infer<typeof ProblemSchema>;

export const PROBLEM_TYPE = 'application/problem+json';

/** Optional fields of a problem. */
interface ProblemExtras {
  readonly errors?: readonly FieldProblem[];
  readonly taskId?: string;
}

/** Creates the problem details of an error code. */
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

/** An error of a request, with optional fields for its problem details. */
export class ProblemError extends WaymarkError {
  readonly extras: ProblemExtras;

  constructor(code: ErrorCode, message: string, extras: ProblemExtras) {
    super(code, message);
    this.extras = extras;
  }
}

/** Converts the issues of a schema to one entry per wrong value; `known` lists the accepted keys. */
export function fieldProblems(error: z.ZodError, known: readonly string[] = []): readonly FieldProblem[] {
  return error.issues.flatMap((issue) => {
    if (issue.code !== 'unrecognized_keys') return [{ path: issue.path.join('.'), message: issue.message }];
    return issue.keys.map((key) => ({ path: [...issue.path, key].join('.'), message: unknownKey(known) }));
  });
}

/** Creates the error of a request with wrong values. */
export function badRequest(errors: readonly FieldProblem[]): ProblemError {
  const detail = errors
    .map(({ path, message }) => (path === '' ? message : `${path}: ${message}`))
    .join('; ');
  return new ProblemError('bad-request', `${detail}.`, { errors });
}

function unknownKey(known: readonly string[]): string {
  const keys = known.length === 0 ? '' : `; the known keys are ${known.join(', ')}`;
  return `is not a known key${keys}`;
}
