import type { FetchedPage, FetchFailure } from '../model/fetched-page.ts';
import type { Claim } from '../model/frontier-url.ts';

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
