/** One crawl of a site as the map remembers it. */
export interface CrawlHead {
  /** The crawl's id, which is that of its task. */
  readonly id: string;
  /** URL of the site's root. */
  readonly site: string;
  /** Epoch ms. */
  readonly startedAt: number;
  /** Epoch ms; null while it has not been finished. */
  readonly finishedAt: number | null;
  /** Pages that it stored. */
  readonly pages: number;
}

/** A section as a crawl saw it. */
export interface SectionVersion {
  readonly id: string;
  readonly path: string;
  readonly type: string;
  readonly heading: string | null;
  /** Equal for equal content, within one store. */
  readonly content: string;
}

/** A page as a crawl saw it. */
export interface PageVersion {
  readonly title: string;
  /** In the order of the page. */
  readonly sections: readonly SectionVersion[];
}

/** A page that two crawls saw differently; null on the side that did not store it. */
export interface PageChange {
  readonly url: string;
  readonly before: PageVersion | null;
  readonly after: PageVersion | null;
  /** Epoch ms since when the page is removed; null if it is not. */
  readonly removedSince: number | null;
}

export interface PageChanges {
  /** In a stable order. May be fewer than `limit` although there are more. */
  readonly pages: readonly PageChange[];
  readonly next: string | null;
}

export interface CrawlList {
  readonly crawls: readonly CrawlHead[];
  readonly next: string | null;
}

export interface UnseenPages {
  readonly urls: readonly string[];
  readonly next: string | null;
}
