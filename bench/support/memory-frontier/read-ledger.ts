import { WaymarkError } from '../../../src/core/errors.ts';
import type { LedgerPage, LedgerQuery, LedgerRow } from '../../../src/model/ledger.ts';
import type { UrlReason } from '../../../src/model/reason.ts';
import type { UrlBook } from './url-book.ts';
import type { UrlEntry } from './url-entry.ts';

export function readLedger(book: UrlBook, { cursor, limit, state }: LedgerQuery): LedgerPage {
  if (!/^\d{1,15}$/.test(cursor ?? '0'))
    throw new WaymarkError('bad-cursor', 'This is no cursor of a ledger.');
  const rows: LedgerRow[] = [];
  let n = Number(cursor ?? 0);
  for (; n < book.entries.length && rows.length < limit; n += 1) {
    const entry = book.entries[n];
    if (entry === undefined) continue;
    const row = ledgerRow(entry, book.closed);
    if (state === null || row.state === state) rows.push(row);
  }
  return { rows, next: rows.length === limit ? String(n) : null };
}

export function readReasons(book: UrlBook): Readonly<Record<string, number>> {
  const reasons: Record<string, number> = {};
  for (const entry of book.entries) {
    const { state, reason } = ledgerRow(entry, book.closed);
    if ((state === 'failed' || state === 'skipped') && reason !== null)
      reasons[reason] = (reasons[reason] ?? 0) + 1;
  }
  return reasons;
}

function ledgerRow(entry: UrlEntry, closed: UrlReason | null): LedgerRow {
  const { url, depth, by, foundOn, attempts, standing } = entry;
  const { detail = null, target = null, status = null } = standing;
  return {
    url,
    ...shown(entry, closed),
    detail,
    ...(status === null ? {} : { status }),
    target,
    depth,
    by,
    foundOn,
    attempts,
  };
}

/** A closed crawl has no pending URL: such a URL is skipped, or done if it was visited before. */
function shown({ state, standing, reopened }: UrlEntry, closed: UrlReason | null) {
  const { reason = null } = standing;
  if (state !== 'ready' && state !== 'waiting') return { state, reason };
  if (closed === null) return { state: 'pending' as const, reason };
  return reopened ? { state: 'done' as const, reason: null } : { state: 'skipped' as const, reason: closed };
}
