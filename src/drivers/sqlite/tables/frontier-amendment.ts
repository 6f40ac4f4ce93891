import type { AmendBatch, AmendMove } from '../../../core/crawl/amend-frontier.ts';
import type { DiscoveredBy } from '../../../model/frontier-url.ts';
import type { UrlReason } from '../../../model/reason.ts';
import type { AmendReport } from '../../../ports/frontier.ts';
import { STATE } from '../schema.ts';
import type { SqliteFile } from '../sqlite-file.ts';
import type { CrawlRow } from './crawl-row.ts';
import { int, type Row, text, textOrNull } from './rows.ts';
import { readUrlRow, URL_COLUMNS, type UrlRow, type UrlRows } from './url-rows.ts';

/** Rows of one step: a few milliseconds of the database thread, and of the thread that applies the rules. */
const BATCH_SIZE = 500;
const PENDING: readonly number[] = [STATE.ready, STATE.waiting];

/** The rows after this number that an amendment may move. */
export function amendable(file: SqliteFile, crawl: CrawlRow, after: number): AmendBatch {
  const rows = file
    .sql('SELECT n, url, depth, state, by, reason FROM url WHERE crawl = ? AND n > ? ORDER BY n LIMIT ?')
    .all(crawl.k, after, BATCH_SIZE) as Row[];
  const last = rows.at(-1);
  return {
    urls: rows.flatMap((row) => (mayMove(int(row, 'state'), textOrNull(row, 'reason')) ? [found(row)] : [])),
    last: last === undefined ? after : int(last, 'n'),
    end: rows.length < BATCH_SIZE,
  };
}

/** Moves the rows that have not changed since the rules were applied to them. */
export function amendRows(file: SqliteFile, urls: UrlRows, moves: readonly AmendMove[]): AmendReport {
  const report = { skipped: 0, restored: 0 };
  for (const move of moves) {
    const row = file.sql(`SELECT ${URL_COLUMNS} FROM url WHERE n = ?`).get(move.id) as Row | undefined;
    if (row === undefined || !isUnchanged(readUrlRow(row), move)) continue;
    const to = moveRow(urls, readUrlRow(row), move.now);
    if (to === STATE.ready) report.restored += 1;
    else if (to === STATE.skipped && move.reason === null) report.skipped += 1;
  }
  return report;
}

/** Returns the new state. A reopened page goes back to done. */
function moveRow(urls: UrlRows, row: UrlRow, reason: UrlReason | null): number {
  const excluded = row.reopened ? STATE.done : STATE.skipped;
  const state = reason === null ? STATE.ready : excluded;
  urls.settle(row, state, state === STATE.skipped ? { reason } : {});
  return state;
}

function mayMove(state: number, reason: string | null): boolean {
  if (PENDING.includes(state)) return true;
  return state === STATE.skipped && (reason === 'excluded' || reason === 'too-deep');
}

function found(row: Row) {
  return {
    id: int(row, 'n'),
    url: text(row, 'url'),
    depth: int(row, 'depth'),
    by: text(row, 'by') as DiscoveredBy,
    reason: PENDING.includes(int(row, 'state')) ? null : (text(row, 'reason') as UrlReason),
  };
}

function isUnchanged(row: UrlRow, { reason, depth }: AmendMove): boolean {
  if (row.depth !== depth) return false;
  return reason === null ? PENDING.includes(row.state) : row.state === STATE.skipped && row.reason === reason;
}
