import type { Claim } from './frontier-url.ts';
import type { ParsedPage } from './parsed-page.ts';
import type { UrlReason } from './reason.ts';

/** A page from the network or from the browser. */
export interface FetchedPage {
  readonly claim: Claim;
  /** URL after the last redirect; not canonical. */
  readonly finalUrl: string;
  readonly status: number;
  /** Value of the `Content-Type` header, lower-case, without parameters. */
  readonly contentType: string;
  /** The header's `charset`; null without one, and for text that the browser decoded. */
  readonly charset: string | null;
  /** Bytes as served, or the document that the browser serialised. */
  readonly body: Uint8Array | string;
  readonly via: 'http' | 'browser';
  readonly fetchMs: number;
}

/** A fetched and parsed page, which the parser passes to the writer. */
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
  /** Whether another visit may succeed. */
  readonly retryable: boolean;
  /** Target of a redirect that was not followed. */
  readonly target: string | null;
  /** Epoch ms of the host's `Retry-After`; null without one. */
  readonly retryAt: number | null;
}
