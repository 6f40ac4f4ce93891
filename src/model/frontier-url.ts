import type { UrlReason } from './reason.ts';

/** State of a URL in its crawl. `done`, `failed` and `skipped` are final. */
export type UrlState = 'pending' | 'active' | 'done' | 'failed' | 'skipped';

/** How a URL was discovered. `board`: from the URL pattern of a paginated list. */
export type DiscoveredBy = 'seed' | 'link' | 'sitemap' | 'redirect' | 'board';

/** A URL to add. It is canonical: the canonical URL is the identity of a page within the crawl. */
export interface Discovery {
  readonly url: string;
  /** Host with port (`URL.host`), the unit of politeness. */
  readonly host: string;
  /** Clicks from the seed; seeds are 0. */
  readonly depth: number;
  readonly by: DiscoveredBy;
  /** URL of the page with the link; null for seeds and sitemap entries. */
  readonly foundOn: string | null;
  /** Why scope or another rule excludes the URL: it is recorded as skipped with this reason. */
  readonly skip?: UrlReason;
  /** The URL as written where it was found, which is what is requested. Absent if it equals `url`. */
  readonly spelling?: string;
}

/** The right to visit one URL until the lease runs out. */
export interface Claim {
  readonly url: string;
  readonly host: string;
  readonly depth: number;
  /** 1 for the first visit. */
  readonly attempt: number;
  /** Token of the lease; every claim has its own. */
  readonly lease: string;
  /** The URL as sites wrote it, in the order of discovery. Absent if it was found in its canonical form alone. */
  readonly spellings?: readonly string[];
  /** The one of the spellings that robots.txt allows. Absent if it equals `url`, and until the rules are checked. */
  readonly requestUrl?: string;
}

/** Outcome of the visit to a claimed URL. */
export type Outcome =
  | {
      readonly kind: 'done';
      readonly claim: Claim;
      /** Canonical URL of the loaded document; differs from the claim's after a redirect. */
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
      /** HTTP status, if the server sent one. */
      readonly status?: number | null;
    }
  /** Visited again, not before `notBefore` (epoch ms). */
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
