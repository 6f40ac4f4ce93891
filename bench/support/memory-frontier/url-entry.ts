import type { StoredSpellings } from '../../../src/core/url/spellings.ts';
import type { DiscoveredBy, UrlState } from '../../../src/model/frontier-url.ts';
import type { UrlReason } from '../../../src/model/reason.ts';

/** `pending` URLs are ready, or wait for the end of a backoff. */
export type EntryState = 'ready' | 'waiting' | Exclude<UrlState, 'pending'>;

/** Fields that change with the state; omitted ones are cleared. */
export interface Standing {
  readonly reason?: UrlReason | null;
  readonly detail?: string | null;
  readonly status?: number | null;
  readonly target?: string | null;
  readonly notBefore?: number;
  readonly lease?: string | null;
  readonly owner?: string | null;
  readonly leaseUntil?: number;
}

/** One URL of a crawl. */
export interface UrlEntry {
  /** In the order of discovery, from 1. */
  readonly n: number;
  readonly url: string;
  readonly host: string;
  readonly by: DiscoveredBy;
  readonly foundOn: string | null;
  depth: number;
  state: EntryState;
  attempts: number;
  /** It was done and is queued for another visit. */
  reopened: boolean;
  standing: Standing;
  spellings: StoredSpellings;
}
