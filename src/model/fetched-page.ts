import type { Claim } from './frontier-url.ts';
import type { ParsedPage } from './parsed-page.ts';
import type { UrlReason } from './reason.ts';

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

/** A page that was fetched and parsed: what the pipeline passes from the parser to the writer. */
export interface VisitedPage {
  readonly kind: 'page';
  readonly claim: Claim;
  /** Canonical URL of the loaded document: it differs from the claim's after a redirect. */
  readonly url: string;
  readonly status: number;
  readonly via: 'http' | 'browser';
  readonly fetchMs: number;
  readonly parsed: ParsedPage;
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
