import type { UrlReason } from './reason.ts';

/** Where a URL stands in its crawl. `done`, `failed` and `skipped` are final. */
export type UrlState = 'pending' | 'active' | 'done' | 'failed' | 'skipped';

/** How a URL came to be known; `board`: it was worked out from the pattern of a board's URLs. */
export type DiscoveredBy = 'seed' | 'link' | 'sitemap' | 'redirect' | 'board';

/** A URL to be added, already canonical. The canonical URL is its identity within the crawl. */
export interface Discovery {
  readonly url: string;
  /** Host with port (`URL.host`), the unit of politeness. */
  readonly host: string;
  /** Clicks from the seed; seeds are 0. */
  readonly depth: number;
  readonly by: DiscoveredBy;
  /** The page it was found on; null for seeds and sitemap entries. */
  readonly foundOn: string | null;
  /** Set when scope or another rule keeps it out: it is recorded as skipped with this reason. */
  readonly skip?: UrlReason;
}

/** The right to visit one URL until the lease runs out. */
export interface Claim {
  readonly url: string;
  readonly host: string;
  readonly depth: number;
  /** 1 on the first visit. */
  readonly attempt: number;
  /** Proof of the lease; another claim of the same URL bears another one. */
  readonly lease: string;
}

/** What became of a claimed URL. */
export type Outcome =
  | {
      readonly kind: 'done';
      readonly claim: Claim;
      /** Canonical URL of what was loaded: another one than the claim's after a redirect. */
      readonly finalUrl: string;
      readonly finalHost: string;
      readonly links: readonly Discovery[];
    }
  /** Will not be visited: robots, a redirect out of scope, a duplicate, not HTML. */
  | {
      readonly kind: 'skipped';
      readonly claim: Claim;
      readonly reason: UrlReason;
      readonly target: string | null;
    }
  | {
      readonly kind: 'failed';
      readonly claim: Claim;
      readonly reason: UrlReason;
      readonly detail: string | null;
    }
  /** To be tried again, at the earliest at `notBefore` (epoch ms). */
  | {
      readonly kind: 'retry';
      readonly claim: Claim;
      readonly reason: UrlReason;
      readonly detail: string | null;
      readonly notBefore: number;
    };

/** `found = done + failed + skipped + pending + active` at every read. */
export interface FrontierCounts {
  readonly found: number;
  readonly done: number;
  readonly failed: number;
  readonly skipped: number;
  readonly pending: number;
  readonly active: number;
}
