import type { FoundLink, ParsedPage } from '../../model/parsed-page.ts';
import { fragmentOf, MAX_URL_LENGTH, splitUrl, writtenUrl } from '../url/canonical-url.ts';
import type { Scope } from '../url/scope.ts';
import { MAX_SPELLINGS } from '../url/spellings.ts';
import type { PageMeta } from './page-meta.ts';

export interface ResolvedLink {
  /** Canonical. */
  readonly url: string;
  readonly fragment: string;
}

/** Resolves the links of one page. Links that differ only in their fragment are resolved once. */
export class LinkResolver {
  readonly #base: string;
  readonly #hashRoutes: boolean;
  readonly #cache = new Map<string, string | null>();
  /** By canonical URL, in the order of their first mention; most URLs have one. */
  readonly #spellings = new Map<string, string | readonly string[]>();

  constructor(base: string, hashRoutes: boolean) {
    this.#base = base;
    this.#hashRoutes = hashRoutes;
  }

  /** Returns null for anything but a web address: `javascript:`, `mailto:`, `tel:`, an invalid URL. */
  resolve(href: string): ResolvedLink | null {
    const mark = href.indexOf('#');
    const isRoute = this.#hashRoutes && mark >= 0;
    const url = this.#canonical(mark < 0 || isRoute ? href : href.slice(0, mark));
    if (url === null) return null;
    return { url, fragment: mark < 0 ? '' : fragmentOf(href, { hashRoutes: this.#hashRoutes }) };
  }

  /** How the page writes a URL that was resolved: one to `MAX_SPELLINGS` different ways. */
  spellingsOf(url: string): string | readonly string[] {
    return this.#spellings.get(url) ?? url;
  }

  #canonical(href: string): string | null {
    const cached = this.#cache.get(href);
    if (cached !== undefined) return cached;
    const written = writtenUrl(href, this.#base, { hashRoutes: this.#hashRoutes });
    if (written !== null) this.#note(written.url, written.spelling ?? written.url);
    const url = written?.url ?? null;
    this.#cache.set(href, url);
    return url;
  }

  #note(url: string, spelling: string): void {
    const noted = this.#spellings.get(url);
    if (noted === undefined) this.#spellings.set(url, spelling);
    else if (noted !== spelling) this.#add(url, typeof noted === 'string' ? [noted] : noted, spelling);
  }

  #add(url: string, noted: readonly string[], spelling: string): void {
    if (noted.includes(spelling) || noted.length >= MAX_SPELLINGS) return;
    this.#spellings.set(url, [...noted, spelling]);
  }
}

/** Seconds. A meta refresh with a longer delay does not replace the page. */
const MAX_REFRESH_DELAY = 10;

/** Canonical URLs from a page's head. */
export interface MetaAddresses {
  readonly canonical: string | null;
  /** Target of a meta refresh; null if there is none or the page only reloads itself. */
  readonly refresh: string | null;
  readonly neighbours: ParsedPage['neighbours'];
  /** URLs to visit: refresh, next and previous page, translations. */
  readonly relatives: readonly string[];
}

/** `self` is the page's own canonical URL. */
export function resolveMeta(meta: PageMeta, resolver: LinkResolver, self: string): MetaAddresses {
  const reload = meta.refresh;
  const target = reload === null || reload.target === '' ? null : urlOf(reload.target, resolver);
  const address = (href: string | null) => (href === null ? null : urlOf(href, resolver));
  const neighbours = { next: address(meta.next), prev: address(meta.prev), more: address(meta.more) };
  const translations = meta.translations.map((href) => urlOf(href, resolver));
  return {
    canonical: address(meta.canonical),
    neighbours,
    refresh: reload !== null && reload.seconds <= MAX_REFRESH_DELAY && target !== self ? target : null,
    relatives: [target, ...Object.values(neighbours), ...translations].filter((url) => url !== null),
  };
}

function urlOf(href: string, resolver: LinkResolver): string | null {
  return resolver.resolve(href)?.url ?? null;
}

/** The distinct URLs in the order of their first mention, in each spelling, with the scope's verdict. */
export function applyScope(urls: Iterable<string>, scope: Scope, resolver: LinkResolver): FoundLink[] {
  const links: FoundLink[] = [];
  for (const url of new Set(urls)) {
    const link = { url, host: splitUrl(url).host, skip: scope.verdict(url) };
    const spellings = NEVER_VISITED.includes(link.skip) ? url : resolver.spellingsOf(url);
    if (typeof spellings === 'string') links.push(withSpelling(link, spellings));
    else for (const spelling of spellings) links.push(withSpelling(link, spelling));
  }
  return links;
}

const NEVER_VISITED: readonly FoundLink['skip'][] = ['out-of-scope', 'url-too-long'];

function withSpelling(link: FoundLink, spelling: string): FoundLink {
  if (spelling === link.url) return link;
  return spelling.length > MAX_URL_LENGTH ? { ...link, skip: 'url-too-long' } : { ...link, spelling };
}
