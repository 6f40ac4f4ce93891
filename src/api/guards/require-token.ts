import type { MiddlewareHandler } from 'hono';
import { WaymarkError } from '../../core/errors.ts';
import { sameToken } from './same-token.ts';

const BEARER = /^Bearer +([!-~]+) *$/i;

/** Lets those through who send the bearer token (RFC 6750 §2.1). */
export function requireToken(token: string): MiddlewareHandler {
  const isToken = sameToken(token);
  return async (c, next) => {
    const given = BEARER.exec(c.req.header('Authorization') ?? '')?.[1];
    if (given === undefined) throw new WaymarkError('unauthorized', 'The request has no bearer token.');
    if (!isToken(given))
      throw new WaymarkError('unauthorized', 'The bearer token is not the one of this service.');
    await next();
  };
}
