import type { MiddlewareHandler } from 'hono';
import { WaymarkError } from '../../core/errors.ts';
import { isLoopbackHost } from '../../core/loopback.ts';
import { requestHost } from './request-host.ts';

/**
 * Refuses requests for a host name that is not this machine's own. A website that has its name point to the loopback
 * address (DNS rebinding) would otherwise have a visitor's browser read the answers of a service that listens there.
 */
export const guardHost: MiddlewareHandler = async (c, next) => {
  const host = requestHost(c.req);
  const name = URL.parse(`http://${host}`)?.hostname ?? '';
  if (!isLoopbackHost(name)) {
    throw new WaymarkError(
      'host-refused',
      `This service answers as localhost, not as ${host.slice(0, 100)}.`,
    );
  }
  await next();
};
