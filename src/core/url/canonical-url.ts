import { type QueryForms, queryForms } from './canonical-query.ts';
import { normalizePercentEncoding } from './percent-encoding.ts';

/** Characters. A URL with a longer canonical form is not visited. */
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
 * The canonical form of a URL, which identifies a page within a crawl; null if it is not an http or https URL.
 *
 * Parses as the WHATWG URL Standard does (lower-case host, no default port, no dot segments), normalises percent-encoding
 * (RFC 3986 §6.2.2), and removes user info, the trailing dot of a host, tracking parameters, session ids, an empty query
 * and the fragment, unless that is a hash route and the options allow them. Sorts query parameters by name. Keeps
 * duplicate slashes: servers differ on them. Idempotent.
 */
export function canonicalUrl(
  input: string | URL,
  base?: string,
  options: CanonicalOptions = {},
): string | null {
  return writtenUrl(input, base, options)?.url ?? null;
}

/** A URL as the identity of a page, and as a site wrote it. */
export interface WrittenUrl {
  /** Canonical. */
  readonly url: string;
  /**
   * What is requested: parsed as the URL Standard does, without user info, fragment, tracking parameters and session ids,
   * everything else as written. Absent if it equals `url`.
   */
  readonly spelling?: string;
}

/** The two forms of a URL; null if it is not an http or https URL. The canonical form of the spelling is the same URL. */
export function writtenUrl(
  input: string | URL,
  base?: string,
  { hashRoutes = false }: CanonicalOptions = {},
): WrittenUrl | null {
  const parsed = typeof input === 'string' ? URL.parse(input, base) : input;
  if (parsed === null || !WEB_SCHEME.test(parsed.href)) return null;
  const href = withPlainAuthority(parsed.href);
  if (href === null) return null;

  const hash = href.indexOf('#');
  const page = hash < 0 ? href : href.slice(0, hash);
  const route = hash >= 0 && hashRoutes ? hashRoute(href.slice(hash)) : '';
  const forms = pageForms(page);
  const url = forms.canonical + route;
  const spelling = forms.requested + (route === '' ? '' : href.slice(hash));
  return spelling === url ? { url } : { url, spelling };
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

/** Both forms of a URL without fragment. */
function pageForms(page: string): QueryForms {
  const mark = page.indexOf('?');
  const written = withoutPathSession(mark < 0 ? page : page.slice(0, mark));
  const path = withoutPathSession(normalizePercentEncoding(written));
  if (mark < 0) return { canonical: path, requested: written };
  const query = page.slice(mark + 1);
  const { canonical, requested } = queryForms(query);
  return {
    canonical: canonical === '' ? path : `${path}?${canonical}`,
    requested: requested === '' && query !== '' ? written : `${written}?${requested}`,
  };
}

/** Takes a URL up to its query. Resolves again, because a segment `..;jsessionid=…` becomes a dot segment. */
function withoutPathSession(url: string): string {
  if (!url.includes(';')) return url;
  const pathStart = url.indexOf('/', 'https://'.length);
  const path = url.slice(pathStart).replace(PATH_SESSION, '');
  return new URL(url.slice(0, pathStart) + path).href;
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

/** Parts of a canonical URL. */
export interface UrlParts {
  /** Host with port, as `URL.host`. */
  readonly host: string;
  /** Everything after the host: path, query and, for a hash route, fragment. */
  readonly path: string;
}

/** Path and query of a request (RFC 9112 §3.2.1). `URL.search` lacks the `?` of an empty query. */
export function requestTarget({ href }: URL): string {
  const fragment = href.indexOf('#');
  return splitUrl(fragment < 0 ? href : href.slice(0, fragment)).path;
}

/** Splits a canonical URL (`canonicalUrl`) without parsing it again. Undefined for any other string. */
export function splitUrl(url: string): UrlParts {
  const hostStart = url.indexOf('//') + 2;
  const pathStart = url.indexOf('/', hostStart);
  return pathStart < 0
    ? { host: url.slice(hostStart), path: '/' }
    : { host: url.slice(hostStart, pathStart), path: url.slice(pathStart) };
}
