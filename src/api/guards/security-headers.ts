import type { MiddlewareHandler } from 'hono';
import { secureHeaders } from 'hono/secure-headers';

/** What a page may do: load scripts and styles of the service itself and talk to it, and nothing else. */
const SELF_ONLY = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'"],
  imgSrc: ["'self'"],
  connectSrc: ["'self'"],
  formAction: ["'self'"],
  baseUri: ["'none'"],
  frameAncestors: ["'none'"],
};

const COMMON = {
  referrerPolicy: 'no-referrer',
  xFrameOptions: 'DENY',
  // The service itself speaks plain HTTP; a proxy that adds TLS adds this too.
  strictTransportSecurity: false,
} as const;

/** Pages of the service; markup cannot be made from text. */
const securityHeaders = secureHeaders({
  ...COMMON,
  contentSecurityPolicy: { ...SELF_ONLY, requireTrustedTypesFor: ["'script'"] },
});

/** The board of queues, whose pages are not ours: it styles elements in place and has a `<base>`. */
const boardHeaders = secureHeaders({
  ...COMMON,
  contentSecurityPolicy: {
    ...SELF_ONLY,
    styleSrc: ["'self'", "'unsafe-inline'"],
    imgSrc: ["'self'", 'data:'],
    baseUri: ["'self'"],
  },
});

/** Security headers for every answer; `boardPath` is where the board of queues is mounted. */
export function securityHeadersFor(boardPath: string): MiddlewareHandler {
  return (c, next) => (isUnder(c.req.path, boardPath) ? boardHeaders(c, next) : securityHeaders(c, next));
}

function isUnder(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}
