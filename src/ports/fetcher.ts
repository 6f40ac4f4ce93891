import type { Claim } from './frontier.ts';
import type { UrlReason } from './url-reason.ts';

/** A page as it came from the network or from the browser. */
export interface FetchedPage {
  readonly claim: Claim;
  /** Where the last redirect led; not canonical yet. */
  readonly finalUrl: string;
  readonly status: number;
  /** Of the `Content-Type` header, lower-case, without parameters. */
  readonly contentType: string;
  /** The header's `charset`; null where there is none, and for text that the browser decoded. */
  readonly charset: string | null;
  /** Bytes as served, or the document that the browser serialised. */
  readonly body: Uint8Array | string;
  readonly via: 'http' | 'browser';
  readonly fetchMs: number;
}

export interface FetchFailure {
  readonly claim: Claim;
  readonly reason: UrlReason;
  /** One line for a person; never a stack. */
  readonly detail: string | null;
  readonly status: number | null;
  /** Worth another visit. */
  readonly retryable: boolean;
  /** Where a redirect led that was not followed. */
  readonly target: string | null;
  /** Epoch ms before which the host asked not to be visited (`Retry-After`). */
  readonly retryAt: number | null;
}

/** Where a fetcher gets its next page from. */
export interface PageSource {
  next(): Promise<Claim | null>;
  /** Whether `next` would answer null now. */
  isEmpty(): Promise<boolean>;
  isFinished(): Promise<boolean>;
}

/** Where a fetcher leaves what it got. Both wait while the next stage is full. */
export interface PageSink {
  fetched(page: FetchedPage): Promise<void>;
  failed(failure: FetchFailure): Promise<void>;
}

/** Visits pages, many at once, until its source is finished or it is stopped. */
export interface Fetcher {
  run(source: PageSource, sink: PageSink): Promise<void>;
  /** Says that the source may have pages again. */
  wake(): void;
  /** `drain` lets open pages finish; otherwise they are dropped. Idempotent. */
  stop(how: 'drain' | 'abort'): Promise<void>;
}

/** A GET of one small document, for robots.txt and sitemaps. */
export interface TextResponse {
  readonly status: number;
  readonly finalUrl: string;
  readonly contentType: string;
  readonly body: Uint8Array;
  /** The body was longer than the limit and is cut there. */
  readonly truncated: boolean;
}

export interface DocumentClient {
  /** Follows at most five redirects. Rejects with a `PageError` when nothing was answered. */
  get(url: string, limits: { readonly maxBytes: number; readonly timeoutMs: number }): Promise<TextResponse>;
}
