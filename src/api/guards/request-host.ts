import type { HonoRequest } from 'hono';

/** The host with port that the caller addressed, lower-case. */
export function requestHost(request: HonoRequest): string {
  return (request.header('Host') ?? new URL(request.url).host).toLowerCase();
}
