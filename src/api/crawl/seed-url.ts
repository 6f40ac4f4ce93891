import { canonicalUrl } from '../../core/url/canonical-url.ts';
import { callerUrl, checkCallerUrl, urlProblem } from './caller-url.ts';

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
  const canonical = canonicalUrl(callerUrl(given, field), undefined, { hashRoutes });
  if (canonical === null) throw urlProblem(field, 'bad-url', 'names no host');
  checkCallerUrl(canonical, checkUrl, field);
  return canonical;
}
