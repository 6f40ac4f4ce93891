import { createHash, timingSafeEqual } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { WaymarkError } from '../../core/errors.ts';

const BEARER = /^Bearer +([!-~]+) *$/i;

/** Lets those through who send the bearer token (RFC 6750 §2.1); the comparison takes the same time for all others. */
export function requireToken(token: string): MiddlewareHandler {
  const expected = digest(token);
  return async (c, next) => {
    const given = BEARER.exec(c.req.header('Authorization') ?? '')?.[1];
    if (given === undefined) throw new WaymarkError('unauthorized', 'The request has no bearer token.');
    if (!timingSafeEqual(digest(given), expected)) {
      throw new WaymarkError('unauthorized', 'The bearer token is not the one of this service.');
    }
    await next();
  };
}

/** Digests have one length, which the comparison needs. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
