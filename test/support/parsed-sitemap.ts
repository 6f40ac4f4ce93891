import { SitemapParser } from '../../src/core/sitemap/sitemap-parser.ts';
import type { SitemapEntries } from '../../src/ports/sitemap-reader.ts';

/** The entries of a whole sitemap, parsed in pieces of so many characters. */
export function parsedSitemap(text: string, size = 65_536): SitemapEntries {
  const parser = new SitemapParser();
  const batches: SitemapEntries[] = [];
  for (let at = 0; at < text.length && !parser.isDone; at += size)
    batches.push(parser.write(text.slice(at, at + size)));
  batches.push(parser.end());
  return {
    urls: batches.flatMap(({ urls }) => urls),
    sitemaps: batches.flatMap(({ sitemaps }) => sitemaps),
  };
}
