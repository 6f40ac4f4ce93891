import { canonicalUrl, fragmentOf } from '../url/canonical-url.ts';

export interface ResolvedLink {
  /** Canonical. */
  readonly url: string;
  readonly fragment: string;
}

/** Resolves the links of one page. Links that differ in their fragment alone are resolved once. */
export class LinkResolver {
  readonly #base: string;
  readonly #hashRoutes: boolean;
  readonly #known = new Map<string, string | null>();

  constructor(base: string, hashRoutes: boolean) {
    this.#base = base;
    this.#hashRoutes = hashRoutes;
  }

  /** Null for what is no web address: `javascript:`, `mailto:`, `tel:`, or not a URL. */
  resolve(href: string): ResolvedLink | null {
    const mark = href.indexOf('#');
    const isRoute = this.#hashRoutes && mark >= 0;
    const url = this.#canonical(mark < 0 || isRoute ? href : href.slice(0, mark));
    if (url === null) return null;
    return { url, fragment: mark < 0 ? '' : fragmentOf(href, { hashRoutes: this.#hashRoutes }) };
  }

  #canonical(href: string): string | null {
    const known = this.#known.get(href);
    if (known !== undefined) return known;
    const url = canonicalUrl(href, this.#base, { hashRoutes: this.#hashRoutes });
    this.#known.set(href, url);
    return url;
  }
}
