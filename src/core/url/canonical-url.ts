import { canonicalQuery } from './canonical-query.ts';
import { normalizePercentEncoding } from './percent-encoding.ts';

/** Characters; a URL whose canonical form is longer is not visited. */
export const MAX_URL_LENGTH = 2048;

export interface CanonicalOptions {
  /** `#/…` and `#!…` fragments are pages of their own. Default false. */
  readonly hashRoutes?: boolean;
}

const WEB_SCHEME = /^https?:/;
/** User info, or a host that ends in a dot. */
const ODD_AUTHORITY = /^https?:\/\/[^/]*(?:@|\.[:/])/;
const PATH_SESSION = /;jsessionid=[^;/]*/gi;
/** Without the roots `#/`, `#!` and `#!/`: they show the page itself. */
const HASH_ROUTE = /^#(?:\/.|!\/.|![^/])/;

/**
 * The one form of a URL by which a crawl knows a page; null if it is not an http or https URL.
 *
 * Parsed as WHATWG URLs are (lower-case host, default port and dot segments gone), percent-encoding normalised
 * (RFC 3986 §6.2.2), user info and a host's trailing dot dropped, tracking marks and session ids dropped from
 * query and path, query parameters sorted by name, empty query dropped, fragment dropped unless it is a hash
 * route that was asked for. Duplicate slashes stay: servers differ on them. Idempotent.
 */
export function canonicalUrl(
  input: string | URL,
  base?: string,
  options: CanonicalOptions = {},
): string | null {
  const parsed = typeof input === 'string' ? URL.parse(input, base) : input;
  if (parsed === null || !WEB_SCHEME.test(parsed.href)) return null;
  const href = withPlainAuthority(parsed.href);
  if (href === null) return null;

  const hash = href.indexOf('#');
  const page = canonicalPage(hash < 0 ? href : href.slice(0, hash));
  return hash >= 0 && options.hashRoutes === true ? page + hashRoute(href.slice(hash)) : page;
}

/**
 * The fragment of a link as the id it points to: without `#`, percent-decoded, without a text directive
 * (`:~:text=…`). Empty if there is none, or if it is a hash route that is part of the canonical URL.
 */
export function fragmentOf(href: string, options: CanonicalOptions = {}): string {
  const hash = href.indexOf('#');
  if (hash < 0) return '';
  const fragment = href.slice(hash).trimEnd();
  if (options.hashRoutes === true && hashRoute(fragment) !== '') return '';
  const directive = fragment.indexOf(':~:');
  return decode(fragment.slice(1, directive < 0 ? undefined : directive));
}

/** `href` without user info and without the dot that ends a host name; null if no host is left. */
function withPlainAuthority(href: string): string | null {
  if (!ODD_AUTHORITY.test(href)) return href;
  const url = new URL(href);
  url.username = '';
  url.password = '';
  if (url.hostname.endsWith('.')) url.hostname = withoutTrailingDots(url.hostname);
  return url.hostname.endsWith('.') ? null : url.href;
}

function withoutTrailingDots(host: string): string {
  let end = host.length;
  while (host[end - 1] === '.') end--;
  return host.slice(0, end);
}

function canonicalPage(page: string): string {
  const mark = page.indexOf('?');
  if (mark < 0) return canonicalPath(page);
  const query = canonicalQuery(normalizePercentEncoding(page.slice(mark + 1)));
  const path = canonicalPath(page.slice(0, mark));
  return query === '' ? path : `${path}?${query}`;
}

/** Takes the URL up to its query. A segment `..;jsessionid=…` becomes a dot segment, so it is resolved once more. */
function canonicalPath(url: string): string {
  const normal = normalizePercentEncoding(url);
  if (!normal.includes(';')) return normal;
  const pathStart = normal.indexOf('/', 'https://'.length);
  const path = normal.slice(pathStart).replace(PATH_SESSION, '');
  return new URL(normal.slice(0, pathStart) + path).href;
}

function hashRoute(fragment: string): string {
  const normal = normalizePercentEncoding(fragment);
  return HASH_ROUTE.test(normal) ? normal : '';
}

function decode(fragment: string): string {
  if (!fragment.includes('%')) return fragment;
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}

/** The parts of a canonical URL, cut out without parsing it again. */
export interface UrlParts {
  /** Host with port, as `URL.host`. */
  readonly host: string;
  /** Path, query and, for a hash route, fragment: everything behind the host. */
  readonly path: string;
}

/** Takes a canonical URL (`canonicalUrl`); of anything else the answer means nothing. */
export function splitUrl(url: string): UrlParts {
  const hostStart = url.indexOf('//') + 2;
  const pathStart = url.indexOf('/', hostStart);
  return pathStart < 0
    ? { host: url.slice(hostStart), path: '/' }
    : { host: url.slice(hostStart, pathStart), path: url.slice(pathStart) };
}
