import type { HonoRequest, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { WaymarkError } from '../../core/errors.ts';
import { isLoopbackHost } from '../../core/net/address.ts';

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

/** Refuses bodies of more bytes, before they are read where they say how long they are. */
export function limitBody(maxBytes: number): MiddlewareHandler {
  return bodyLimit({
    maxSize: maxBytes,
    onError: () => {
      throw new WaymarkError('body-too-large', `The body has more than ${maxBytes} bytes.`);
    },
  });
}

/** The host with port that the caller addressed, lower-case. */
export function requestHost(request: HonoRequest): string {
  return (request.header('Host') ?? new URL(request.url).host).toLowerCase();
}
