import type { ParsedHeading } from '../../model/parsed-page.ts';
import { attribute, type DomElement, tokens } from './dom.ts';

const MAX_TITLE = 500;
const MAX_DESCRIPTION = 2000;
const ROBOTS_NAMES = new Set(['robots', 'waymark']);

/** Metadata of a document, mostly from its head. The first value of each kind wins. */
export class PageMeta {
  title = '';
  base: string | null = null;
  canonical: string | null = null;
  noindex = false;
  refresh: MetaRefresh | null = null;
  /** `lang` of the root element. */
  lang: string | null = null;
  /** Targets of `link` with `rel` next and prev, as written. */
  next: string | null = null;
  prev: string | null = null;
  /** The next page from an attribute for scripts, as written. */
  more: string | null = null;
  /** Targets of `link` with `rel` alternate in another language, as written. */
  readonly translations: string[] = [];
  readonly #properties = new Map<string, string>();

  /** `og:title`, `description` and the like, white space folded; empty if the page has none. */
  property(name: string): string {
    return this.#properties.get(name) ?? '';
  }

  get description(): string | null {
    const description = this.property('description') || this.property('og:description');
    return description === '' ? null : description;
  }

  /** Collects the metadata of any element. */
  visit(element: DomElement): void {
    this.more ??= nextPageForScripts(element);
    switch (element.name) {
      case 'html':
        this.lang ??= attribute(element, 'lang') ?? attribute(element, 'xml:lang');
        break;
      case 'title':
        this.#readTitle(element);
        break;
      case 'base':
        this.base ??= attribute(element, 'href');
        break;
      case 'meta':
        this.#readMeta(element);
        break;
      case 'link':
        this.#readLink(element);
        break;
    }
  }

  #readTitle(element: DomElement): void {
    if (this.title !== '' || element.parent?.name === 'svg' || element.parent?.name === 'symbol') return;
    this.title = fold(element.children[0]?.data ?? '', MAX_TITLE);
  }

  #readMeta(element: DomElement): void {
    const content = attribute(element, 'content');
    if (content === null) return;
    const equiv = attribute(element, 'http-equiv')?.trim().toLowerCase();
    if (equiv === 'refresh') this.refresh ??= parseMetaRefresh(content);
    const name = (attribute(element, 'property') ?? attribute(element, 'name') ?? equiv ?? '')
      .trim()
      .toLowerCase();
    if (ROBOTS_NAMES.has(name)) this.noindex ||= /\b(?:noindex|none)\b/i.test(content);
    if (name !== '' && !this.#properties.has(name))
      this.#properties.set(name, fold(content, MAX_DESCRIPTION));
  }

  #readLink(element: DomElement): void {
    const href = attribute(element, 'href');
    if (href === null) return;
    const rel = tokens(attribute(element, 'rel'));
    if (rel.includes('canonical')) this.canonical ??= href;
    const isTranslation = rel.includes('alternate') && attribute(element, 'hreflang') !== null;
    if (isTranslation) this.translations.push(href);
    if (rel.includes('next')) this.next ??= href;
    if (rel.includes('prev')) this.prev ??= href;
  }
}

function fold(text: string, limit: number): string {
  return text
    .slice(0, 4 * limit)
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, limit);
}

/** The page's title, else `og:title`, its first heading of level 1, or the last segment of its URL. */
export function titleOf(meta: PageMeta, headings: readonly ParsedHeading[], url: string): string {
  const heading = headings.find(({ level }) => level === 1);
  return meta.title || meta.property('og:title') || heading?.text || titleOfUrl(url);
}

function titleOfUrl(url: string): string {
  const { host, pathname } = new URL(url);
  const last = pathname.split('/').findLast((step) => step !== '');
  return last === undefined ? host : decoded(last);
}

function decoded(step: string): string {
  try {
    return decodeURIComponent(step);
  } catch {
    return step;
  }
}

export interface MetaRefresh {
  readonly seconds: number;
  /** As written; empty if the page reloads itself. */
  readonly target: string;
}

const REFRESH = /^\s*(\d{1,9})?(?:\.[\d.]*)?\s*[;,\s]\s*(?:url\s*=\s*)?(.*)$/is;

/** Reads the `content` of `meta http-equiv=refresh` (HTML §4.2.5.3, shared declarative refresh steps). */
export function parseMetaRefresh(content: string): MetaRefresh | null {
  const plain = /^\s*(\d{1,9})(?:\.[\d.]*)?\s*$/.exec(content);
  if (plain !== null) return { seconds: Number(plain[1]), target: '' };
  const match = REFRESH.exec(content);
  if (match === null) return null;
  return { seconds: Number(match[1] ?? 0), target: unquoted((match[2] ?? '').trim()) };
}

function unquoted(target: string): string {
  const quote = target[0];
  if (quote !== '"' && quote !== "'") return target;
  const end = target.indexOf(quote, 1);
  return target.slice(1, end < 0 ? undefined : end);
}

/** Attributes in which infinite-scroll lists keep the URL of their next page. */
const ATTRIBUTES = ['data-next', 'data-next-url', 'data-next-page', 'data-next-page-url', 'data-next-href'];
/** Numbers and names do not count: carousels use the same attributes for their slides. */
const ADDRESS = /^(?:https?:\/\/|\.{0,2}\/|\?)/i;

/** URL of the next page in an attribute for scripts; null if there is none. */
export function nextPageForScripts(element: DomElement): string | null {
  for (const name of ATTRIBUTES) {
    const value = attribute(element, name)?.trim() ?? '';
    if (ADDRESS.test(value)) return value;
  }
  return null;
}
