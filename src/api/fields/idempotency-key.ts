import { z } from '@hono/zod-openapi';
import type { HonoRequest } from 'hono';
import type { SubmitOptions } from '../../ports/task-queue.ts';
import { badRequest } from '../problem/field-problems.ts';

const HEADER = 'Idempotency-Key';
const KEY = /^[ -~]{1,200}$/;

/** The header of requests that start a task, for their description. */
export const IdempotencyHeaders = z.object({
  [HEADER]: z
    .string()
    .max(200)
    .optional()
    .openapi({ description: 'The same key answers the same task instead of starting another one.' }),
});

/** The key that a request bears. @throws {WaymarkError} `bad-request` if it is not one. */
export function idempotencyOf(request: HonoRequest): SubmitOptions {
  const key = request.header(HEADER);
  if (key === undefined) return {};
  if (KEY.test(key)) return { idempotencyKey: key };
  throw badRequest([{ path: HEADER, message: 'must be 1 to 200 visible ASCII characters' }]);
}
