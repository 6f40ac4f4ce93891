import type { DiscoveredBy, UrlState } from './frontier-url.ts';
import type { UrlReason } from './reason.ts';

/** One line of the ledger: the state and reason of one URL. */
export interface LedgerRow {
  readonly url: string;
  readonly state: UrlState;
  readonly reason: UrlReason | null;
  readonly detail: string | null;
  /** HTTP status of a failed page; missing where there was none, and in ledgers of versions before 28 November 2026. */
  readonly status?: number;
  /** Target of a redirect; the first URL of a duplicate. */
  readonly target: string | null;
  readonly depth: number;
  readonly by: DiscoveredBy;
  readonly foundOn: string | null;
  readonly attempts: number;
}

export interface LedgerQuery {
  /** Opaque; the `next` of the previous page, or null for the first page. */
  readonly cursor: string | null;
  readonly limit: number;
  readonly state: UrlState | null;
}

export interface LedgerPage {
  readonly rows: readonly LedgerRow[];
  readonly next: string | null;
}
