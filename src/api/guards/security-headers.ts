import type { MiddlewareHandler } from 'hono';
import { secureHeaders } from 'hono/secure-headers';

/** Pages may load scripts and styles from the service and call it, nothing else. */
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
  // The service speaks plain HTTP. A TLS proxy in front of it sets this header.
  strictTransportSecurity: false,
} as const;

/** For the service's own pages. They cannot turn text into markup. */
const securityHeaders = secureHeaders({
  ...COMMON,
  contentSecurityPolicy: { ...SELF_ONLY, requireTrustedTypesFor: ["'script'"] },
});

/** For the queue board of a library: it uses inline styles and a `<base>`. */
const boardHeaders = secureHeaders({
  ...COMMON,
  contentSecurityPolicy: {
    ...SELF_ONLY,
    styleSrc: ["'self'", "'unsafe-inline'"],
    imgSrc: ["'self'", 'data:'],
    baseUri: ["'self'"],
  },
});

/** Sets the security headers of every response; the queue board is mounted at `boardPath`. */
export function securityHeadersFor(boardPath: string): MiddlewareHandler {
  return (c, next) => (isUnder(c.req.path, boardPath) ? boardHeaders(c, next) : securityHeaders(c, next));
}

function isUnder(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}
