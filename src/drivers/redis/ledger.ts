import { readCursor } from '../../core/number-cursor.ts';
import type { UrlState } from '../../model/frontier-url.ts';
import type { LedgerPage, LedgerQuery, LedgerRow } from '../../model/ledger.ts';
import type { UrlReason } from '../../model/reason.ts';
import type { RedisClient } from './client.ts';
import { DISCOVERED_BY } from './frontier-messages.ts';
import { Script } from './script.ts';

/** URLs that one step looks at, so that no step keeps other clients waiting for more than some milliseconds. */
const LOOKED_AT_ONCE = 10_000;

const ledgerScript = new Script('ledger');
const reasonsScript = new Script('reasons');

/** Reads a page of a crawl's ledger; a state that few URLs are in may take many steps. */
export async function readLedger(
  client: RedisClient,
  key: string,
  { cursor, limit, state }: LedgerQuery,
): Promise<LedgerPage> {
  const rows: LedgerRow[] = [];
  let last = readCursor(cursor, 0);
  let found = Number.POSITIVE_INFINITY;
  while (rows.length < limit && last < found) {
    const args = [last, limit - rows.length, state ?? '', LOOKED_AT_ONCE];
    const [lookedAt, seen, ...lines] = (await ledgerScript.run(client, key, ...args)) as RawLedger;
    rows.push(...lines.map(ledgerRow));
    last = lookedAt;
    found = seen;
  }
  return { rows, next: rows.length === limit ? String(last) : null };
}

/** A line in the reply of `commands/ledger.lua`. */
type RawLine = readonly [
  state: UrlState,
  reason: UrlReason | '',
  detail: string,
  target: string,
  depth: number,
  by: number,
  foundOn: string,
  attempts: number,
  url: string,
  status: number | '',
];

type RawLedger = readonly [lookedAt: number, found: number, ...lines: RawLine[]];

function ledgerRow([
  state,
  reason,
  detail,
  target,
  depth,
  by,
  foundOn,
  attempts,
  url,
  status,
]: RawLine): LedgerRow {
  return {
    url,
    state,
    reason: reason || null,
    detail: detail || null,
    ...(status === '' ? {} : { status }),
    target: target || null,
    depth,
    by: DISCOVERED_BY[by] ?? 'link',
    foundOn: foundOn || null,
    attempts,
  };
}

/** Final states of a crawl's URLs counted by reason; empty for an unknown crawl. */
export async function readReasons(
  client: RedisClient,
  key: string,
): Promise<Readonly<Record<string, number>>> {
  const reply = (await reasonsScript.run(client, key)) as readonly (string | number)[];
  const reasons: Record<string, number> = {};
  for (let i = 0; i < reply.length; i += 2) reasons[String(reply[i])] = Number(reply[i + 1]);
  return reasons;
}
