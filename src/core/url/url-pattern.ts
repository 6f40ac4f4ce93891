import { splitUrl } from './canonical-url.ts';
import { encodeNonAscii, normalizePercentEncoding } from './percent-encoding.ts';
import { compileWildcard, type WildcardMatcher } from './wildcard.ts';

const MAX_PATTERN_LENGTH = 500;
const MAX_PATTERN_STARS = 20;
const WEB_SCHEMES = ['http://', 'https://'];

/** Whether a canonical URL matches. */
export type UrlMatcher = (url: string) => boolean;

/**
 * Compiles an include or exclude pattern, in which `*` stands for any run of characters.
 *
 * A pattern that starts with `/` must match the start of path, query and hash route; with a `$` at its end it must match
 * all of them, as in robots.txt. Any other pattern must match the whole URL.
 */
export function compileUrlPattern(pattern: string): UrlMatcher {
  const normal = normalizePercentEncoding(encodeNonAscii(pattern));
  const anchored = normal.endsWith('$');
  const text = anchored ? normal.slice(0, -1) : normal;
  if (!text.startsWith('/')) return compileWildcard(withLowerCaseHost(text));
  const matches: WildcardMatcher = compileWildcard(anchored ? text : `${text}*`);
  return (url) => matches(splitUrl(url).path);
}

/** What is wrong with a pattern, for its author; null if it is valid. */
export function patternProblem(pattern: string): string | null {
  if (pattern.trim() === '') return 'is empty';
  if (pattern.length > MAX_PATTERN_LENGTH) return `is longer than ${MAX_PATTERN_LENGTH} characters`;
  const stars = pattern.split('*').length - 1;
  if (stars > MAX_PATTERN_STARS) return `has more than ${MAX_PATTERN_STARS} stars`;
  if (!canMatch(pattern)) return 'never matches: it must start with /, *, http:// or https://';
  return null;
}

function canMatch(pattern: string): boolean {
  if (pattern.startsWith('/')) return true;
  const star = pattern.indexOf('*');
  const start = (star < 0 ? pattern : pattern.slice(0, star)).toLowerCase();
  return WEB_SCHEMES.some((scheme) => start.startsWith(scheme) || (star >= 0 && scheme.startsWith(start)));
}

function withLowerCaseHost(pattern: string): string {
  const hostStart = pattern.indexOf('://') + 3;
  if (hostStart < 3) return pattern;
  const slash = pattern.indexOf('/', hostStart);
  const hostEnd = slash < 0 ? pattern.length : slash;
  return pattern.slice(0, hostEnd).toLowerCase() + pattern.slice(hostEnd);
}
