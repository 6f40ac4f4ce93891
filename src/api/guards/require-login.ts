import type { MiddlewareHandler } from 'hono';
import { problemOf } from '../problem/problem.ts';
import { problemResponse } from '../problem/problem-response.ts';
import { sameToken } from './same-token.ts';

const CREDENTIALS = /^(Bearer|Basic) +([!-~]+) *$/i;
const CHALLENGE = 'Basic realm="Waymark", charset="UTF-8"';

/**
 * Lets those through who send the token, as a bearer token or as the password of any user (RFC 7617 §2): a browser can
 * ask a person for that, and cannot be told to send a header.
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
