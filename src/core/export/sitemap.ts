import type { ExportedSite } from '../../model/site.ts';
import { WaymarkError } from '../errors.ts';
import { splitUrl } from '../url/canonical-url.ts';

/** Limits of one file (https://www.sitemaps.org/protocol.html). */
const MAX_URLS = 50_000;
const MAX_BYTES = 50 * 1024 * 1024;
/** A longer URL may not stand in a sitemap. */
const MAX_URL_LENGTH = 2048;

const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n';
const NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"';
const OPEN = `${HEAD}<urlset ${NAMESPACE}>\n`;
const CLOSE = '</urlset>\n';

/** A piece of a sitemap, and the number of the file that it belongs to, from 1. */
export interface SitemapPart {
  readonly file: number;
  readonly text: string;
}

/** A sitemap in one file. Rejects with `export-too-large` before it writes more than one file may hold. */
export async function* exportSitemap(site: ExportedSite): AsyncGenerator<string> {
  if (site.site.pages > MAX_URLS) throw tooLarge();
  for await (const { file, text } of exportSitemapFiles(site)) {
    if (file > 1) throw tooLarge();
    yield text;
  }
}

/** A sitemap in as many files as it needs. */
export async function* exportSitemapFiles(site: ExportedSite): AsyncGenerator<SitemapPart> {
  let [file, urls, bytes] = [1, 0, OPEN.length];
  yield { file, text: OPEN };
  for await (const url of listedUrls(site)) {
    const entry = `  <url><loc>${xmlText(url)}</loc></url>\n`;
    const length = Buffer.byteLength(entry);
    if (urls === MAX_URLS || bytes + length + CLOSE.length > MAX_BYTES) {
      yield { file, text: CLOSE };
      [file, urls, bytes] = [file + 1, 0, OPEN.length];
      yield { file, text: OPEN };
    }
    yield { file, text: entry };
    urls += 1;
    bytes += length;
  }
  yield { file, text: CLOSE };
}

/** The index of sitemaps that lie at the root of the site. */
export function sitemapIndex(root: string, names: readonly string[]): string {
  const entries = names.map(
    (name) => `  <sitemap><loc>${xmlText(new URL(name, root).href)}</loc></sitemap>\n`,
  );
  return `${HEAD}<sitemapindex ${NAMESPACE}>\n${entries.join('')}</sitemapindex>\n`;
}

/** Only pages of the root's own host may stand in its sitemap. */
async function* listedUrls({ site, pages }: ExportedSite): AsyncGenerator<string> {
  for await (const { url } of pages())
    if (url.length < MAX_URL_LENGTH && splitUrl(url).host === site.host) yield url;
}

function tooLarge(): WaymarkError {
  return new WaymarkError(
    'export-too-large',
    `The site has more pages than one sitemap may list (${MAX_URLS} URLs, 50 MB).`,
  );
}

/** What XML 1.0 documents cannot hold (§2.2, Char), however it is escaped. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
const SPECIAL = /[&<>"']/g;
const REFERENCES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Text as it may stand in XML, between tags or in an attribute. What XML cannot hold is dropped. */
export function xmlText(text: string): string {
  return text
    .toWellFormed()
    .replace(FORBIDDEN, '')
    .replace(SPECIAL, (character) => REFERENCES[character] ?? '');
}
