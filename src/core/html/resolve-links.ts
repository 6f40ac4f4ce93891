import type { FoundLink, ParsedPage } from '../../model/parsed-page.ts';
import { canonicalUrl, fragmentOf, splitUrl } from '../url/canonical-url.ts';
import type { Scope } from '../url/scope.ts';
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

  #canonical(href: string): string | null {
    const cached = this.#cache.get(href);
    if (cached !== undefined) return cached;
    const url = canonicalUrl(href, this.#base, { hashRoutes: this.#hashRoutes });
    this.#cache.set(href, url);
    return url;
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

/** The distinct canonical URLs in the order of their first mention, each with the scope's verdict. */
export function applyScope(urls: Iterable<string>, scope: Scope): FoundLink[] {
  return Array.from(new Set(urls), (url) => ({
    url,
    host: splitUrl(url).host,
    skip: scope.verdict(url),
  }));
}
