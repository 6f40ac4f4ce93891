import { readCursor } from '../../../core/number-cursor.ts';
import type { UrlState } from '../../../model/frontier-url.ts';
import type { LedgerPage, LedgerQuery, LedgerRow } from '../../../model/ledger.ts';
import type { UrlReason } from '../../../model/reason.ts';
import { STATE } from '../schema.ts';
import type { SqliteFile } from '../sqlite-file.ts';
import type { CrawlRow } from './crawl-row.ts';
import { int, intOrNull, type Row, text, textOrNull } from './rows.ts';

const STATE_NAMES: readonly UrlState[] = ['pending', 'pending', 'active', 'done', 'failed', 'skipped'];
const PENDING = `u.state IN (${STATE.ready}, ${STATE.waiting})`;

/** Reads a page of a crawl's ledger. */
export function readLedger(
  file: SqliteFile,
  crawl: CrawlRow,
  { cursor, limit, state }: LedgerQuery,
): LedgerPage {
  const rows = file
    .sql(`SELECT u.*, parent.url AS parent_url FROM url u LEFT JOIN url parent ON parent.n = u.found_on
      WHERE u.crawl = ? AND u.n > ? AND ${shownAs(state, crawl.closed !== null)} ORDER BY u.n LIMIT ?`)
    .all(crawl.k, readCursor(cursor, 0), limit) as Row[];
  const last = rows.at(-1);
  return {
    rows: rows.map((row) => ledgerRow(row, crawl.closed)),
    next: rows.length === limit && last !== undefined ? String(int(last, 'n')) : null,
  };
}

/** Final states of a crawl's URLs counted by reason. URLs that the close of the crawl skipped have its reason. */
export function readReasons(file: SqliteFile, crawl: CrawlRow): Readonly<Record<string, number>> {
  const rows = file
    .sql(`SELECT reason, count(*) AS urls FROM url WHERE crawl = ? AND state IN (${STATE.failed}, ${STATE.skipped})
      GROUP BY reason`)
    .all(crawl.k) as Row[];
  const reasons: Record<string, number> = {};
  for (const row of rows) reasons[text(row, 'reason')] = int(row, 'urls');
  const { closed, unvisited } = crawl;
  if (closed !== null && unvisited > 0) reasons[closed] = (reasons[closed] ?? 0) + unvisited;
  return reasons;
}

/** The condition for rows in this state. A closed crawl has no pending rows. */
function shownAs(state: UrlState | null, closed: boolean): string {
  switch (state) {
    case null:
      return 'TRUE';
    case 'pending':
      return closed ? 'FALSE' : PENDING;
    case 'skipped':
      return closed
        ? `(u.state = ${STATE.skipped} OR (${PENDING} AND u.reopened = 0))`
        : `u.state = ${STATE.skipped}`;
    case 'done':
      return closed
        ? `(u.state = ${STATE.done} OR (${PENDING} AND u.reopened = 1))`
        : `u.state = ${STATE.done}`;
    default:
      return `u.state = ${STATE[state]}`;
  }
}

function ledgerRow(row: Row, closed: UrlReason | null): LedgerRow {
  const status = intOrNull(row, 'status');
  return {
    url: text(row, 'url'),
    ...stateAndReason(row, closed),
    detail: textOrNull(row, 'detail'),
    ...(status === null ? {} : { status }),
    target: textOrNull(row, 'target'),
    depth: int(row, 'depth'),
    by: text(row, 'by') as LedgerRow['by'],
    foundOn: textOrNull(row, 'parent_url'),
    attempts: int(row, 'attempts'),
  };
}

function stateAndReason(row: Row, closed: UrlReason | null): Pick<LedgerRow, 'state' | 'reason'> {
  const state = STATE_NAMES[int(row, 'state')] ?? 'pending';
  if (state !== 'pending' || closed === null)
    return { state, reason: textOrNull(row, 'reason') as UrlReason | null };
  return int(row, 'reopened') === 1 ? { state: 'done', reason: null } : { state: 'skipped', reason: closed };
}
