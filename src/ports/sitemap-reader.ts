/** Entries of a sitemap as written, in the order of the file; neither checked nor made canonical. */
export interface SitemapEntries {
  /** Pages. */
  readonly urls: readonly string[];
  /** Further sitemaps, of an index. */
  readonly sitemaps: readonly string[];
}

/** Fetches and reads sitemaps off the calling thread. */
export interface SitemapReader {
  /**
   * Yields the entries of a sitemap or sitemap index while it arrives, in batches of at most a few thousand. It fetches
   * no more while a batch is looked at. Yields nothing for a file that is missing or that is no sitemap; takes at most
   * 50,000 entries and 50 MiB (uncompressed) of one file. Throws a `PageError` when the network fails, after the
   * entries that arrived before, and the signal's reason when that aborts.
   */
  read(url: string, signal: AbortSignal): AsyncIterable<SitemapEntries>;
  close(): Promise<void>;
}
