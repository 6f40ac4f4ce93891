import type { Sitemap } from './sitemap.ts';
import { parseTextSitemap } from './text-sitemap.ts';
import { parseXmlSitemap } from './xml-sitemap.ts';

/**
 * Reads a sitemap or a sitemap index in XML, or a plain list of URLs (sitemaps.org), already decompressed and decoded.
 * Tolerant: what is broken is passed over, anything else (an HTML page, a feed) reads as empty. Linear in time;
 * only XML's own entities and character references are decoded, nothing that a document declares is expanded.
 */
export function parseSitemap(text: string): Sitemap {
  const isXml = text[text.search(/\S/)] === '<';
  return isXml ? parseXmlSitemap(text) : { urls: parseTextSitemap(text), sitemaps: [] };
}
