import type { MiddlewareHandler } from 'hono';
import { WaymarkError } from '../../core/errors.ts';
import { requestHost } from './request-host.ts';

const SAFE_METHODS: readonly string[] = ['GET', 'HEAD', 'OPTIONS'];

/** Refuses what a page of another website makes a visitor's browser send; other clients send no `Origin` at all. */
export const guardOrigin: MiddlewareHandler = async (c, next) => {
  if (!SAFE_METHODS.includes(c.req.method)) {
    const origin = c.req.header('Origin');
    const isForeign = origin !== undefined && URL.parse(origin)?.host !== requestHost(c.req);
    if (isForeign || c.req.header('Sec-Fetch-Site') === 'cross-site') {
      throw new WaymarkError(
        'origin-refused',
        `The request comes from a page of ${origin ?? 'another website'}.`,
      );
    }
  }
  await next();
};
