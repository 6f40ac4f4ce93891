import { createHash, timingSafeEqual } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { WaymarkError } from '../../core/errors.ts';
import { problemOf } from '../problem/problem.ts';
import { problemResponse } from '../problem/problem-response.ts';

const BEARER = /^Bearer +([!-~]+) *$/i;

/** Requires the bearer token (RFC 6750 §2.1). */
export function requireToken(token: string): MiddlewareHandler {
  const isToken = sameToken(token);
  return async (c, next) => {
    const given = BEARER.exec(c.req.header('Authorization') ?? '')?.[1];
    if (given === undefined)
      throw new WaymarkError(
        'unauthorized',
        'The request has no bearer token. Send the header `Authorization: Bearer …`.',
      );
    if (!isToken(given))
      throw new WaymarkError('unauthorized', 'The bearer token is wrong. Send the value of API_TOKEN.');
    await next();
  };
}

const CREDENTIALS = /^(Bearer|Basic) +([!-~]+) *$/i;
const CHALLENGE = 'Basic realm="Waymark", charset="UTF-8"';

/**
 * Requires the token, as a bearer token or as the password of any user (RFC 7617 §2). Browsers prompt for a password, but
 * cannot send a bearer token by themselves.
 */
export function requireLogin(token: string): MiddlewareHandler {
  const isToken = sameToken(token);
  return async (c, next) => {
    const given = tokenIn(c.req.header('Authorization') ?? '');
    if (given !== null && isToken(given)) return next();
    const response = problemResponse(
      c,
      problemOf('unauthorized', 'Log in with the API token as the password.'),
    );
    response.headers.set('WWW-Authenticate', CHALLENGE);
    return response;
  };
}

function tokenIn(header: string): string | null {
  const [, scheme = '', value = ''] = CREDENTIALS.exec(header) ?? [];
  if (scheme.toLowerCase() !== 'basic') return scheme === '' ? null : value;
  const pair = Buffer.from(value, 'base64').toString();
  const colon = pair.indexOf(':');
  return colon === -1 ? null : pair.slice(colon + 1);
}

/** Returns a constant-time comparison with a token. */
function sameToken(token: string): (given: string) => boolean {
  const expected = digest(token);
  return (given) => timingSafeEqual(digest(given), expected);
}

/** `timingSafeEqual` needs inputs of equal length. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
