import { MAX_SITEMAP_URLS, type Sitemap } from './sitemap.ts';
import { type XmlTag, xmlTags } from './xml-tags.ts';
import { xmlText } from './xml-text.ts';

/** Characters between `<loc>` and `</loc>`, more than any URL worth a visit takes with all its references. */
const MAX_LOCATION_LENGTH = 8_192;

/**
 * The locations in an XML sitemap or sitemap index. Only elements with the root's own namespace prefix count,
 * so those of extensions (`image:loc`) are not taken for pages.
 */
export function parseXmlSitemap(text: string): Sitemap {
  const tags = xmlTags(text);
  const root = tags.next();
  const prefix = root.done ? null : sitemapPrefix(root.value);
  const reader = new LocationReader(text);
  if (prefix !== null) {
    for (const tag of tags) {
      if (tag.name.startsWith(prefix)) reader.take(tag, tag.name.slice(prefix.length).toLowerCase());
    }
  }
  return { urls: reader.found.url, sitemaps: reader.found.sitemap };
}

/** The prefix with its colon, mostly empty, of a sitemap's root element; null if the document is something else. */
function sitemapPrefix(root: XmlTag): string | null {
  const localStart = root.name.indexOf(':') + 1;
  const local = root.name.slice(localStart).toLowerCase();
  return local === 'urlset' || local === 'sitemapindex' ? root.name.slice(0, localStart) : null;
}

class LocationReader {
  readonly found: Readonly<Record<'url' | 'sitemap', string[]>> = { url: [], sitemap: [] };
  readonly #text: string;
  /** The kind of entry that is open. */
  #entry: 'url' | 'sitemap' | null = null;
  /** Where the text of the open `loc` starts; null if none is open. */
  #locationStart: number | null = null;

  constructor(text: string) {
    this.#text = text;
  }

  take(tag: XmlTag, name: string): void {
    if (name === 'url' || name === 'sitemap') this.#entry = tag.kind === 'start' ? name : null;
    if (name === 'loc' && tag.kind === 'end') this.#closeLocation(tag.start);
    this.#locationStart = name === 'loc' && tag.kind === 'start' ? tag.end : null;
  }

  #closeLocation(end: number): void {
    const start = this.#locationStart;
    if (start === null || this.#entry === null || end - start > MAX_LOCATION_LENGTH) return;
    const locations = this.found[this.#entry];
    const location = xmlText(this.#text.slice(start, end));
    if (location !== '' && locations.length < MAX_SITEMAP_URLS) locations.push(location);
  }
}
