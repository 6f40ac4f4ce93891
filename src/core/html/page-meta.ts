import { attribute, type DomElement, tokens } from './dom.ts';
import { type MetaRefresh, parseMetaRefresh } from './meta-refresh.ts';
import { scriptNextPage } from './script-page.ts';

const MAX_TITLE = 500;
const MAX_DESCRIPTION = 2000;
const ROBOTS_NAMES = new Set(['robots', 'waymark']);

/** What a document says of itself, most of it in its head. The first of each kind counts. */
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
  /** The next page in an attribute that scripts read, as written. */
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

  /** Takes what there is to take from an element of any kind. */
  see(element: DomElement): void {
    this.more ??= scriptNextPage(element);
    switch (element.name) {
      case 'html':
        this.lang ??= attribute(element, 'lang') ?? attribute(element, 'xml:lang');
        break;
      case 'title':
        this.#seeTitle(element);
        break;
      case 'base':
        this.base ??= attribute(element, 'href');
        break;
      case 'meta':
        this.#seeMeta(element);
        break;
      case 'link':
        this.#seeLink(element);
        break;
    }
  }

  #seeTitle(element: DomElement): void {
    if (this.title !== '' || element.parent?.name === 'svg' || element.parent?.name === 'symbol') return;
    this.title = fold(element.children[0]?.data ?? '', MAX_TITLE);
  }

  #seeMeta(element: DomElement): void {
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

  #seeLink(element: DomElement): void {
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
