import { MAX_SITEMAP_URLS } from './sitemap.ts';

const WEB_URL = /^https?:\/\/\S+$/i;

/** The lines of a text that are an http or https URL and nothing else. */
export function parseTextSitemap(text: string): readonly string[] {
  return text
    .split(/[\r\n]+/)
    .values()
    .map((line) => line.trim())
    .filter((line) => WEB_URL.test(line))
    .take(MAX_SITEMAP_URLS)
    .toArray();
}
