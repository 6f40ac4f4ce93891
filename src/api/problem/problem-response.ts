import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { ERRORS, type ErrorCode, messageOf, WaymarkError } from '../../core/errors.ts';
import type { Logger } from '../../ports/logger.ts';
import { PROBLEM_TYPE, type Problem, ProblemError, ProblemSchema, problemOf } from './problem.ts';

const RETRY_AFTER_SECONDS = '10';

/** Codes for the errors of the HTTP library, by their status. */
const CODE_OF_STATUS: Readonly<Record<number, ErrorCode>> = {
  400: 'bad-request',
  415: 'unsupported-media-type',
};

/** Creates the response for a problem. */
export function problemResponse(c: Context, problem: Problem): Response {
  c.header('Content-Type', PROBLEM_TYPE);
  if (problem.status === 401) c.header('WWW-Authenticate', 'Bearer');
  if (problem.status === 429 || problem.status === 503) c.header('Retry-After', RETRY_AFTER_SECONDS);
  return c.body(JSON.stringify(problem), problem.status as ContentfulStatusCode);
}

/** Converts an error to a problem. An unexpected error is logged under an id, and the response contains the id only. */
export function problemOfError(error: unknown, log: Logger): Problem {
  if (error instanceof ProblemError) return problemOf(error.code, error.message, error.extras);
  if (error instanceof WaymarkError) return problemOf(error.code, error.message);
  if (error instanceof HTTPException) {
    const code = CODE_OF_STATUS[error.status];
    if (code !== undefined) return problemOf(code, error.message);
  }
  const id = randomUUID();
  log.error('A request failed', { id, error: messageOf(error), stack: stackOf(error) });
  return problemOf('internal', `An unexpected error occurred. The log has the details under ${id}.`);
}

function stackOf(error: unknown): string | null {
  return error instanceof Error ? (error.stack ?? null) : null;
}

interface ProblemResponse {
  readonly description: string;
  readonly content: { readonly [PROBLEM_TYPE]: { readonly schema: typeof ProblemSchema } };
}

/** Describes the errors of a route for OpenAPI. Codes with the same status share a response. */
export function problemResponses(...codes: readonly ErrorCode[]): Record<number, ProblemResponse> {
  const byStatus = Map.groupBy(codes, (code) => ERRORS[code].status);
  return Object.fromEntries(
    [...byStatus].map(([status, sharing]) => [
      status,
      {
        description: sharing.map((code) => `\`${code}\`: ${ERRORS[code].title}.`).join(' '),
        content: { [PROBLEM_TYPE]: { schema: ProblemSchema } },
      },
    ]),
  );
}
