/** The crawl's rules as data, so that they can be handed to a worker thread. */
export interface ScopeRules {
  /** Hosts that are in scope (`URL.hostname`, lower-case; with a port only if the seed has one). */
  readonly hosts: readonly string[];
  readonly subdomains: boolean;
  /** URL patterns; `*` stands for any run of characters. Empty means everything. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  /** `#/…` and `#!…` fragments are pages of their own. */
  readonly hashRoutes: boolean;
}

export type RenderMode = 'auto' | 'browser' | 'http';

export type ListCoverage = 'sample' | 'all';

/** A crawl as it was asked for, every option filled in. */
export interface CrawlOptions {
  readonly url: string;
  readonly depth: number | null;
  readonly maxPages: number | null;
  readonly render: RenderMode;
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly subdomains: boolean;
  readonly hashRoutes: boolean;
  readonly robots: boolean;
  readonly sitemap: boolean;
  readonly summarize: boolean;
  /** Of a board: the pages that stand for it, or all; the first unless told. */
  readonly paginatedLists?: ListCoverage;
  /** Load pictures, fonts and media too. */
  readonly media: boolean;
  /** Wall clock of the crawl while it runs, in seconds. */
  readonly maxSeconds: number;
  /** Pages open at once on one host. */
  readonly hostConcurrency: number;
  /** Milliseconds between the starts of two visits to one host. */
  readonly hostDelayMs: number;
}

/** What may be changed of a task while it is paused, under the names of its options. */
export type OptionChanges = Partial<
  Pick<
    CrawlOptions,
    'depth' | 'maxPages' | 'include' | 'exclude' | 'maxSeconds' | 'hostConcurrency' | 'hostDelayMs'
  >
>;
