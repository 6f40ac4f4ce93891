import type { FetchedPage, FetchFailure } from '../model/fetched-page.ts';
import type { Claim } from '../model/frontier-url.ts';

/** Pages to fetch. */
export interface PageSource {
  next(): Promise<Claim | null>;
  /** Whether `next` would resolve to null now. */
  isEmpty(): Promise<boolean>;
  isFinished(): Promise<boolean>;
  /** Whether robots.txt allows a URL that a page leads to by itself: the target of a redirect, as it would be requested. */
  mayRequest(url: string): Promise<boolean>;
}

/** Receives the results of a fetcher. Both methods wait while the next stage is full. */
export interface PageSink {
  fetched(page: FetchedPage): Promise<void>;
  failed(failure: FetchFailure): Promise<void>;
}

/** Fetches pages concurrently until its source is finished or it is stopped. */
export interface Fetcher {
  run(source: PageSource, sink: PageSink): Promise<void>;
  /** Makes the fetcher check its source again. */
  wake(): void;
  /** `drain` finishes the pages in progress; `abort` drops them. Idempotent. */
  stop(how: 'drain' | 'abort'): Promise<void>;
}

/** Response to a GET of one small document, such as a robots.txt. */
export interface TextResponse {
  readonly status: number;
  readonly finalUrl: string;
  readonly contentType: string;
  readonly body: Uint8Array;
  /** The body is cut at the limit. */
  readonly truncated: boolean;
}

export interface DocumentClient {
  /** Follows at most five redirects. Rejects with a `PageError` if there is no response. */
  get(url: string, limits: { readonly maxBytes: number; readonly timeoutMs: number }): Promise<TextResponse>;
}
