/** URLs of one sitemap, and sitemaps of one index, that are taken (sitemaps.org: the protocol's own limit). */
export const MAX_SITEMAP_URLS = 50_000;

/** What a sitemap file lists, as written and in its order; neither checked nor made canonical. */
export interface Sitemap {
  /** Pages. */
  readonly urls: readonly string[];
  /** Further sitemaps, of an index. */
  readonly sitemaps: readonly string[];
}
