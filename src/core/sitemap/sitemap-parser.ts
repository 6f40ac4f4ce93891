import { SaxesParser, type SaxesTagPlain } from 'saxes';
import type { SitemapEntries } from '../../ports/sitemap-reader.ts';
import { AmpersandRepair } from './ampersand-repair.ts';

/** URLs, and sitemaps of an index, that are taken from one file: the limit of the protocol (sitemaps.org). */
export const MAX_SITEMAP_ENTRIES = 50_000;

/** Characters of a `loc`; no URL worth a visit is longer. A longer one is skipped. */
const MAX_LOCATION_LENGTH = 8_192;
/** Open elements. A sitemap has four; more of them would make each wrong end tag cost more. */
const MAX_DEPTH = 32;
const WEB_URL = /^https?:\/\/\S+$/i;
const LINE_END = /[\r\n]+/;

/** What a format's reader does with the text of a file. */
interface Format {
  /** Takes the next piece of the text; `isLast` where it is the last one. */
  take(text: string, isLast: boolean): void;
  /** No entry can follow. */
  readonly isDone: boolean;
}

/**
 * Reads a sitemap or a sitemap index in XML, or a plain list of URLs (sitemaps.org), piece by piece.
 *
 * Tolerant: it skips what is malformed and reads any other document (an HTML page, a feed) as empty. Linear in time.
 * It decodes the five entities of XML and character references, and expands nothing that a document declares.
 */
export class SitemapParser {
  #format: Format | null = null;
  #entries: Record<keyof SitemapEntries, string[]> = { urls: [], sitemaps: [] };
  readonly #left = { urls: MAX_SITEMAP_ENTRIES, sitemaps: MAX_SITEMAP_ENTRIES };

  /** Whether the rest of the file can be left out: it holds no entry, or more than are taken. */
  get isDone(): boolean {
    return this.#format?.isDone === true || this.#left.urls === 0 || this.#left.sitemaps === 0;
  }

  /** Takes the next piece of the decoded text and returns the entries that end in it. */
  write(text: string): SitemapEntries {
    return this.#take(text, false);
  }

  /** Returns the last entry where it had no end. Takes no text afterwards. */
  end(): SitemapEntries {
    return this.#take('', true);
  }

  #take(text: string, isLast: boolean): SitemapEntries {
    const start = this.#format === null ? text.trimStart() : text;
    if (start !== '') this.#format ??= this.#formatOf(start);
    if (!this.isDone) this.#format?.take(start, isLast);
    const entries = this.#entries;
    this.#entries = { urls: [], sitemaps: [] };
    return entries;
  }

  #formatOf(start: string): Format {
    const add = (kind: keyof SitemapEntries, url: string) => {
      if (this.#left[kind] === 0) return;
      this.#left[kind] -= 1;
      this.#entries[kind].push(url);
    };
    return start.startsWith('<') ? new XmlFormat(add) : new TextFormat((url) => add('urls', url));
  }
}

/** The lines that are an http or https URL and nothing else. */
class TextFormat implements Format {
  readonly isDone = false;
  readonly #add: (url: string) => void;
  #line = '';

  constructor(add: (url: string) => void) {
    this.#add = add;
  }

  take(text: string, isLast: boolean): void {
    const lines = (this.#line + text).split(LINE_END);
    const rest = isLast ? '' : (lines.pop() ?? '');
    // Of a line that is too long the start is kept, so that its rest is no line of its own.
    this.#line = rest.slice(0, MAX_LOCATION_LENGTH + 1);
    for (const line of lines) {
      const url = line.trim();
      if (url.length <= MAX_LOCATION_LENGTH && WEB_URL.test(url)) this.#add(url);
    }
  }
}

/** saxes reports each error to a handler, with a stack; malformed sitemaps have one in every line. */
class TolerantParser extends SaxesParser {
  override fail(): this {
    return this;
  }
}

/**
 * The locations in an XML sitemap or sitemap index. Only elements with the root's own namespace prefix count, so those
 * of extensions (`image:loc`) are not taken for pages.
 */
class XmlFormat implements Format {
  readonly #add: (kind: keyof SitemapEntries, url: string) => void;
  readonly #xml = new TolerantParser({ position: false });
  readonly #ampersands = new AmpersandRepair();
  /** With its colon, mostly empty; null before the root element. */
  #prefix: string | null = null;
  #depth = 0;
  /** The kind of entry that is open. */
  #entry: keyof SitemapEntries | null = null;
  /** The text of the open `loc`; null if none is open. */
  #location: string | null = null;
  #isDone = false;

  constructor(add: (kind: keyof SitemapEntries, url: string) => void) {
    this.#add = add;
    this.#xml.on('opentag', (tag) => this.#open(tag));
    this.#xml.on('closetag', (tag) => this.#close(tag));
    this.#xml.on('text', (text) => this.#text(text));
    this.#xml.on('cdata', (text) => this.#text(text));
  }

  get isDone(): boolean {
    return this.#isDone;
  }

  take(text: string, isLast: boolean): void {
    this.#xml.write(this.#ampersands.repair(text, isLast));
  }

  #open({ name, isSelfClosing }: SaxesTagPlain): void {
    this.#location = null;
    this.#prefix ??= this.#prefixOf(name);
    if (!isSelfClosing) this.#depth += 1;
    if (this.#depth > MAX_DEPTH) this.#isDone = true;
    const local = this.#localName(name);
    if (local === 'url') this.#entry = 'urls';
    else if (local === 'sitemap') this.#entry = 'sitemaps';
    else if (local === 'loc' && this.#entry !== null) this.#location = '';
  }

  #close({ name, isSelfClosing }: SaxesTagPlain): void {
    if (!isSelfClosing) this.#depth -= 1;
    const local = this.#localName(name);
    if (local === 'loc' && this.#entry !== null && !this.#isDone) {
      const url = this.#location?.trim() ?? '';
      if (url !== '') this.#add(this.#entry, url);
    }
    if (local === 'url' || local === 'sitemap') this.#entry = null;
    this.#location = null;
  }

  #text(text: string): void {
    if (this.#location === null) return;
    const isTooLong = this.#location.length + text.length > MAX_LOCATION_LENGTH;
    this.#location = isTooLong ? null : this.#location + text;
  }

  /** Without the prefix, lower-case; empty for an element of another namespace. */
  #localName(name: string): string {
    const prefix = this.#prefix ?? '';
    return name.startsWith(prefix) ? name.slice(prefix.length).toLowerCase() : '';
  }

  /** The prefix of a sitemap's root element; a document with another root has no entries. */
  #prefixOf(root: string): string {
    const start = root.indexOf(':') + 1;
    this.#isDone = !['urlset', 'sitemapindex'].includes(root.slice(start).toLowerCase());
    return root.slice(0, start);
  }
}
