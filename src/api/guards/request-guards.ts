import type { HonoRequest, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { WaymarkError } from '../../core/errors.ts';
import { isLoopbackHost } from '../../core/net/address.ts';

/**
 * Rejects requests for a host name that is not loopback. Otherwise a website whose name resolves to the loopback address
 * (DNS rebinding) could make a visitor's browser read the responses of this service.
 */
export const guardHost: MiddlewareHandler = async (c, next) => {
  const host = requestHost(c.req);
  const name = URL.parse(`http://${host}`)?.hostname ?? '';
  if (!isLoopbackHost(name)) {
    throw new WaymarkError(
      'host-refused',
      `The service does not accept the host ${host.slice(0, 100)}. Call it as localhost.`,
    );
  }
  await next();
};

const SAFE_METHODS: readonly string[] = ['GET', 'HEAD', 'OPTIONS'];

/** Rejects changes that a page of another website sends through a visitor's browser. Other clients send no `Origin`. */
export const guardOrigin: MiddlewareHandler = async (c, next) => {
  if (!SAFE_METHODS.includes(c.req.method)) {
    const origin = c.req.header('Origin');
    const isForeign = origin !== undefined && URL.parse(origin)?.host !== requestHost(c.req);
    if (isForeign || c.req.header('Sec-Fetch-Site') === 'cross-site') {
      throw new WaymarkError(
        'origin-refused',
        `The request comes from a page of ${origin ?? 'another website'}. Send it from a page of this service.`,
      );
    }
  }
  await next();
};

/** Rejects larger bodies, by `Content-Length` before they are read. */
export function limitBody(maxBytes: number): MiddlewareHandler {
  return bodyLimit({
    maxSize: maxBytes,
    onError: () => {
      throw new WaymarkError(
        'body-too-large',
        `The body has more than ${maxBytes} bytes. Send a smaller one.`,
      );
    },
  });
}

/** Returns the host and port that the caller addressed, in lower case. */
function requestHost(request: HonoRequest): string {
  return (request.header('Host') ?? new URL(request.url).host).toLowerCase();
}
