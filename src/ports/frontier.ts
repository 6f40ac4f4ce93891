import type { Claim, Discovery, FrontierCounts, Outcome } from '../model/frontier-url.ts';
import type { LedgerPage, LedgerQuery } from '../model/ledger.ts';
import type { ListTrack } from '../model/paginated-list.ts';
import type { UrlReason } from '../model/reason.ts';

export interface ClaimRequest {
  /** Names the process that claims, so that its leases can be handed back when it dies. */
  readonly owner: string;
  readonly leaseMs: number;
  /** Hosts that may not be visited now. */
  readonly exceptHosts: readonly string[];
  /** Pages that are claimed at once, at most; from 1. */
  readonly most: number;
}

/** Pause and cancel are read in the same atomic step as the claim. */
export type ClaimResult =
  /** Those that come first, in their order. */
  | { readonly kind: 'pages'; readonly claims: readonly [Claim, ...Claim[]] }
  /** Nothing may be claimed now; `retryAt` (epoch ms) is the next backoff's end, if one is known. */
  | { readonly kind: 'wait'; readonly retryAt: number | null }
  | { readonly kind: 'paused' }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'finished' };

export interface AddReport {
  readonly added: number;
  readonly known: number;
  /** Dropped because the crawl already knows as many URLs as it may. */
  readonly overflow: number;
}

export interface CompleteReport {
  readonly counts: FrontierCounts;
  readonly finished: boolean;
  /** URLs of outcomes that were dropped because their lease had passed to someone else. */
  readonly lost: readonly string[];
}

/** New limits and rules of a crawl that has begun. */
export interface FrontierAmendment {
  /** Grows with every amendment of the crawl; one that was applied to the end is not applied again. */
  readonly revision: number;
  readonly limits: FrontierLimits;
  /** Why the rules keep a URL out; null if they let it in. Must answer the same for the same URL. */
  readonly verdict: (url: string) => UrlReason | null;
}

export interface AmendReport {
  /** URLs that were pending and are skipped now. */
  readonly skipped: number;
  /** URLs that were skipped and are pending now. */
  readonly restored: number;
}

/** Identifies what a page holds, so that two URLs of one page can be told. */
export interface PageIdentity {
  readonly url: string;
  /** The URL with everything dropped that often makes no difference (scheme, `www.`, index file, last slash). */
  readonly looseKey: string;
  readonly contentHash: string;
}

/** The URLs of one crawl: what is known, what is next, what became of it. Every call is atomic. */
export interface Frontier {
  /**
   * Adds what is not known. Of what is known, a URL that was `too-deep` is pending again on a shorter way, and one that was
   * `sampled-out` where its board asks for it after all: `by` is `board`, and nothing else keeps it out.
   */
  add(discoveries: readonly Discovery[]): Promise<AddReport>;
  /** Shallowest first, then in the order of discovery. Its cost does not grow with the frontier. */
  claim(request: ClaimRequest): Promise<ClaimResult>;
  /** Prolongs leases; answers the URLs whose lease is no longer the caller's. */
  extend(claims: readonly Claim[], leaseMs: number): Promise<readonly string[]>;
  /** Settles claimed URLs and adds what was found on them. Outcomes without a valid lease change nothing. */
  complete(outcomes: readonly Outcome[]): Promise<CompleteReport>;
  /** Hands claims back unvisited; the attempt does not count. `notBefore` is epoch ms. */
  release(claims: readonly Claim[], notBefore: number): Promise<void>;
  /** Hands back everything that a dead owner held; answers how many URLs. */
  releaseOwner(owner: string): Promise<number>;
  /**
   * For each page, the URL under which this content is already known in the crawl, or its own URL if it is the
   * first. Asking again with the same page gives the same answer.
   */
  identify(pages: readonly PageIdentity[]): Promise<readonly string[]>;
  /** What is known of the boards with these patterns; nothing of those that are not known. */
  listTracks(patterns: readonly string[]): Promise<readonly ListTrack[]>;
  /** Keeps what is known of a board if it follows on what is kept by one revision; answers whether it does. */
  saveListTrack(board: ListTrack): Promise<boolean>;
  counts(): Promise<FrontierCounts>;
  /** Final states counted by reason, for the summary. */
  reasons(): Promise<Readonly<Record<string, number>>>;
  isFinished(): Promise<boolean>;
  /** Ends the crawl early: what is pending is settled as skipped with this reason. */
  close(reason: UrlReason): Promise<void>;
  /** Why the crawl ended before all its URLs were settled; null if it did not. */
  closedBecause(): Promise<UrlReason | null>;
  /**
   * Applies new limits and rules to what is known: pending URLs that they rule out are skipped (`excluded`, `too-deep`),
   * URLs that were skipped for these reasons alone are pending again where nothing rules them out any more, and what the
   * limit of pages has left out is pending again if the limit was raised. Pages that are done stay done, seeds stay in.
   * The depth of a URL is the one it is known at: without a limit of depth, shorter ways to it were not noted. URLs that
   * were dropped because the crawl knew too many do not come back.
   *
   * Works in bounded steps, between which others may use the frontier: pause the crawl first. An amendment that broke
   * off, or met pages that were being visited, is not noted as applied, and applying it again completes it.
   */
  amend(amendment: FrontierAmendment): Promise<AmendReport>;
  ledger(query: LedgerQuery): Promise<LedgerPage>;
}

export interface FrontierLimits {
  /**
   * Pages that may be done at most; null for no limit. A page that is done and visited again keeps its place in this
   * count, and stays done if that visit fails.
   */
  readonly maxPages: number | null;
  /** URLs that may be known at most; more are dropped and counted. */
  readonly maxUrls: number;
  /** Clicks from the seed at most; null for no limit. A page met again on a shorter way is visited again. */
  readonly maxDepth: number | null;
}

/** Opens the frontier of a crawl, making it if it does not exist. */
export interface FrontierStore {
  open(crawlId: string, limits: FrontierLimits): Promise<Frontier>;
  /** Removes everything that is known of a crawl. */
  drop(crawlId: string): Promise<void>;
  /** Of a crawl that may not be running; empty for one that is not known. */
  ledger(crawlId: string, query: LedgerQuery): Promise<LedgerPage>;
  /** Of a crawl that may not be running; empty for one that is not known. */
  reasons(crawlId: string): Promise<Readonly<Record<string, number>>>;
}
