/** The scope of a crawl as data, which can be sent to a worker thread. */
export interface ScopeRules {
  /** Hosts in scope (`URL.hostname`, lower-case; with a port only if the seed has one). */
  readonly hosts: readonly string[];
  readonly subdomains: boolean;
  /** URL patterns; `*` matches any characters. Empty: everything. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  /** Treats `#/…` and `#!…` fragments as pages of their own. */
  readonly hashRoutes: boolean;
}

export type RenderMode = 'auto' | 'browser' | 'http';

export type ListCoverage = 'sample' | 'all';

/** Options of a crawl, with all defaults filled in. */
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
  /** Pages of a paginated list to visit. Default: `sample`. */
  readonly paginatedLists?: ListCoverage;
  /** Loads images, fonts and media too. */
  readonly media: boolean;
  /** Maximum running time in seconds, pauses excluded. */
  readonly maxSeconds: number;
  /** Maximum number of concurrent visits to one host. */
  readonly hostConcurrency: number;
  /** Minimum milliseconds between the starts of two visits to one host. */
  readonly hostDelayMs: number;
}

/** Options that can be changed while a task is paused. */
export type OptionChanges = Partial<
  Pick<
    CrawlOptions,
    'depth' | 'maxPages' | 'include' | 'exclude' | 'maxSeconds' | 'hostConcurrency' | 'hostDelayMs'
  >
>;
