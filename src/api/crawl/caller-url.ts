import { type ErrorCode, WaymarkError } from '../../core/errors.ts';
import { MAX_URL_LENGTH, writtenUrl } from '../../core/url/canonical-url.ts';
import { ProblemError } from '../problem/problem.ts';

/**
 * Parses a URL that a caller wants to crawl or to receive webhooks at; `field` is its name in the request.
 *
 * @throws {WaymarkError} `bad-url`, `unsupported-scheme`.
 */
export function callerUrl(given: string, field: string): URL {
  if (given.length > MAX_URL_LENGTH) {
    throw urlProblem(field, 'bad-url', `is longer than ${MAX_URL_LENGTH} characters`);
  }
  const url = URL.parse(given);
  if (url === null) {
    throw urlProblem(field, 'bad-url', 'is not a URL: write it with its scheme, as in https://example.com/');
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    const scheme = url.protocol.slice(0, 30);
    throw urlProblem(field, 'unsupported-scheme', `must start with http:// or https://, not ${scheme}`);
  }
  if (url.username !== '' || url.password !== '')
    throw urlProblem(field, 'bad-url', 'must not contain a user name or password');
  return url;
}

/**
 * Runs the service's check on a URL and adds the field to the error.
 *
 * @throws {WaymarkError} `address-refused`.
 */
export function checkCallerUrl(url: string, checkUrl: (url: string) => void, field: string): void {
  try {
    checkUrl(url);
  } catch (error) {
    if (error instanceof WaymarkError)
      throw new ProblemError(error.code, error.message, fields(field, error.message));
    throw error;
  }
}

function urlProblem(field: string, code: ErrorCode, message: string): ProblemError {
  return new ProblemError(code, `The ${field} ${message}.`, fields(field, message));
}

function fields(path: string, message: string) {
  return { errors: [{ path, message }] };
}

/**
 * Returns the URL that a caller wants to crawl, as it is requested.
 *
 * @throws {WaymarkError} `bad-url`, `unsupported-scheme`, `address-refused`.
 */
export function seedUrl(
  given: string,
  hashRoutes: boolean,
  checkUrl: (url: string) => void,
  field = 'url',
): string {
  const written = writtenUrl(callerUrl(given, field), undefined, { hashRoutes });
  if (written === null) throw urlProblem(field, 'bad-url', 'has no host');
  checkCallerUrl(written.url, checkUrl, field);
  return written.spelling ?? written.url;
}
