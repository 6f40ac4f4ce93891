import { WaymarkError } from '../../core/errors.ts';
import { canonicalUrl } from '../../core/url/canonical-url.ts';

/**
 * Reads what is on the map under a URL: as the page of a hash route first, then without its fragment.
 *
 * @throws {WaymarkError} `bad-url`, or `page-not-found` if there is nothing under either form.
 */
export async function onMap<T>(url: string, read: (canonical: string) => Promise<T | null>): Promise<T> {
  const forms = [canonicalUrl(url, undefined, { hashRoutes: true }), canonicalUrl(url)];
  for (const form of new Set(forms)) {
    if (form === null) throw new WaymarkError('bad-url', 'This is not an http or https URL.');
    const found = await read(form);
    if (found !== null) return found;
  }
  throw new WaymarkError('page-not-found', 'No crawl has stored this page.');
}
