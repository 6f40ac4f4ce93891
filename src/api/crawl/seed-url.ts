import { type ErrorCode, WaymarkError } from '../../core/errors.ts';
import { canonicalUrl, MAX_URL_LENGTH } from '../../core/url/canonical-url.ts';
import { ProblemError } from '../problem/problem-error.ts';

/**
 * The canonical form of the URL that a caller wants to have crawled.
 *
 * @throws {WaymarkError} `bad-url`, `unsupported-scheme`, and what `checkUrl` throws: `address-refused`.
 */
export function seedUrl(
  given: string,
  hashRoutes: boolean,
  checkUrl: (url: string) => void,
  field = 'url',
): string {
  const refusal = (code: ErrorCode, message: string) => refusalOf(field, code, message);
  if (given.length > MAX_URL_LENGTH) throw refusal('bad-url', `is longer than ${MAX_URL_LENGTH} characters`);
  const url = URL.parse(given);
  if (url === null)
    throw refusal('bad-url', 'is not a URL: write it with its scheme, as in https://example.com/');
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw refusal(
      'unsupported-scheme',
      `must start with http:// or https://, not ${url.protocol.slice(0, 30)}`,
    );
  }
  if (url.username !== '' || url.password !== '')
    throw refusal('bad-url', 'must not hold a user name or password');
  const canonical = canonicalUrl(url, undefined, { hashRoutes });
  if (canonical === null) throw refusal('bad-url', 'names no host');
  check(canonical, checkUrl, field);
  return canonical;
}

function check(url: string, checkUrl: (url: string) => void, field: string): void {
  try {
    checkUrl(url);
  } catch (error) {
    if (error instanceof WaymarkError)
      throw new ProblemError(error.code, error.message, fields(field, error.message));
    throw error;
  }
}

function refusalOf(field: string, code: ErrorCode, message: string): ProblemError {
  return new ProblemError(code, `The ${field} ${message}.`, fields(field, message));
}

function fields(path: string, message: string) {
  return { errors: [{ path, message }] };
}
