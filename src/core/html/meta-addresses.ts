import type { ParsedPage } from '../../model/parsed-page.ts';
import type { LinkResolver } from './link-resolver.ts';
import type { PageMeta } from './page-meta.ts';

/** Seconds; a meta refresh that waits longer does not replace the page. */
const MAX_REFRESH_DELAY = 10;

/** Canonical URLs that a page's head leads to. */
export interface MetaAddresses {
  readonly canonical: string | null;
  /** Where the page sends its visitor on to; null if it does not, or only reloads itself. */
  readonly refresh: string | null;
  readonly neighbours: ParsedPage['neighbours'];
  /** All that is worth a visit: refresh, next and previous page, other languages. */
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
