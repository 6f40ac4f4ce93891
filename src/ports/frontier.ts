import type { Claim, Discovery, FrontierCounts, Outcome } from '../model/frontier-url.ts';
import type { LedgerPage, LedgerQuery } from '../model/ledger.ts';
import type { ListTrack } from '../model/paginated-list.ts';
import type { UrlReason } from '../model/reason.ts';

export interface ClaimRequest {
  /** Name of the run that claims. The store releases its leases when the process of the run has died. */
  readonly owner: string;
  /** Milliseconds. */
  readonly leaseMs: number;
  /** Hosts whose pages must not be claimed now. */
  readonly exceptHosts: readonly string[];
  /** Maximum number of claims; at least 1. */
  readonly limit: number;
}

/** The store checks for pause and cancel in the same atomic step as the claim. */
export type ClaimResult =
  /** In the order of the frontier. */
  | { readonly kind: 'pages'; readonly claims: readonly [Claim, ...Claim[]] }
  /** No page can be claimed now. `retryAt` (epoch ms) is the end of the next backoff; null if no page has one. */
  | { readonly kind: 'wait'; readonly retryAt: number | null }
  | { readonly kind: 'paused' }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'finished' };

export interface AddReport {
  readonly added: number;
  /** URLs that the frontier held already. */
  readonly seen: number;
  /** URLs dropped because the frontier holds `maxUrls`. */
  readonly overflow: number;
}

export interface CompleteReport {
  readonly counts: FrontierCounts;
  readonly finished: boolean;
  /** URLs of outcomes that changed nothing because the lease had passed to another owner. */
  readonly lost: readonly string[];
}

/** New limits and rules for a crawl that has started. */
export interface FrontierAmendment {
  /** Grows with every amendment of the crawl. The store ignores a revision that it has applied completely. */
  readonly revision: number;
  readonly limits: FrontierLimits;
  /** Returns why the rules exclude a URL, or null if they allow it. Must be a pure function of the URL. */
  readonly verdict: (url: string) => UrlReason | null;
}

export interface AmendReport {
  /** URLs that were pending and are skipped now. */
  readonly skipped: number;
  /** URLs that were skipped and are pending now. */
  readonly restored: number;
}

/** The content of a page, by which the store recognises two URLs of one page. */
export interface PageIdentity {
  readonly url: string;
  /** The URL without the parts that rarely change the page (scheme, `www.`, index file, last slash). */
  readonly looseKey: string;
  readonly contentHash: string;
}

/** The URLs of one crawl with their states. Every call is atomic. */
export interface Frontier {
  /**
   * Adds new URLs, and new spellings of seen ones, at most `MAX_SPELLINGS` per URL. Three kinds of seen URLs become pending
   * again: one that was `too-deep` and is now met at a smaller depth, one that was `sampled-out` and is now part of its
   * list's sample (`by` is `board`, without `skip`), and one that was skipped as `robots` and has a new spelling.
   */
  add(discoveries: readonly Discovery[]): Promise<AddReport>;
  /** Claims the shallowest URLs first, then in the order of discovery. The cost does not grow with the frontier. */
  claim(request: ClaimRequest): Promise<ClaimResult>;
  /** Extends leases. Returns the URLs whose lease has passed to another owner. */
  extend(claims: readonly Claim[], leaseMs: number): Promise<readonly string[]>;
  /**
   * Saves outcomes of claimed URLs and adds their links. Outcomes without a valid lease change nothing. A URL that is skipped
   * as `robots` stays pending if it has a spelling that the claim did not hold.
   */
  complete(outcomes: readonly Outcome[]): Promise<CompleteReport>;
  /** Returns unvisited pages to the queue; the attempt does not count. `notBefore` is epoch ms. */
  release(claims: readonly Claim[], notBefore: number): Promise<void>;
  /** Releases all claims of a dead owner. Returns their number. */
  releaseOwner(owner: string): Promise<number>;
  /**
   * Returns, for each page, the first URL with this content in the crawl: its own URL if it is the first. Idempotent.
   */
  identify(pages: readonly PageIdentity[]): Promise<readonly string[]>;
  /** Returns the tracks of the paginated lists with these patterns; none for a list without a track. */
  listTracks(patterns: readonly string[]): Promise<readonly ListTrack[]>;
  /** Saves the track if its revision is the one after the stored revision. Returns whether it does. */
  saveListTrack(track: ListTrack): Promise<boolean>;
  counts(): Promise<FrontierCounts>;
  /** Numbers of URLs in a final state, by reason. */
  reasons(): Promise<Readonly<Record<string, number>>>;
  isFinished(): Promise<boolean>;
  /** Terminates the crawl early: pending URLs become skipped with this reason. */
  close(reason: UrlReason): Promise<void>;
  /** Why the crawl terminated early; null if it did not. */
  closeReason(): Promise<UrlReason | null>;
  /**
   * Applies new limits and rules to the URLs of the frontier:
   *
   * - Pending URLs that the rules exclude become skipped (`excluded`, `too-deep`).
   * - URLs skipped for one of these two reasons become pending if the rules allow them now.
   * - URLs skipped by the page limit become pending if the limit is higher now.
   * - Done pages stay done, and seeds stay in.
   *
   * The depth of a URL is the recorded one: without a depth limit, the frontier records no shorter route. URLs dropped
   * because the frontier was full do not come back.
   *
   * Works in bounded steps, between which other calls are served: pause the crawl first. An amendment that is interrupted,
   * or that meets pages in progress, does not count as applied; applying it again completes it.
   */
  amend(amendment: FrontierAmendment): Promise<AmendReport>;
  ledger(query: LedgerQuery): Promise<LedgerPage>;
}

export interface FrontierLimits {
  /**
   * Maximum number of done pages; null for no limit. A done page that is visited again counts once, and stays done if that
   * visit fails.
   */
  readonly maxPages: number | null;
  /** Maximum number of URLs; further ones are dropped and counted. */
  readonly maxUrls: number;
  /** Maximum clicks from the seed; null for no limit. A page met again at a smaller depth is visited again. */
  readonly maxDepth: number | null;
}

export interface FrontierStore {
  /** Opens the frontier of a crawl. Creates it if it does not exist, and replaces its limits if it does. */
  open(crawlId: string, limits: FrontierLimits): Promise<Frontier>;
  /** Removes the frontier of a crawl. */
  drop(crawlId: string): Promise<void>;
  /** Works for any crawl, running or not; empty for an unknown one. */
  ledger(crawlId: string, query: LedgerQuery): Promise<LedgerPage>;
  /** Works for any crawl, running or not; empty for an unknown one. */
  reasons(crawlId: string): Promise<Readonly<Record<string, number>>>;
}
