import type { StoredSpellings } from '../../../core/url/spellings.ts';
import type { Discovery } from '../../../model/frontier-url.ts';
import { STATE } from '../schema.ts';
import type { SqliteFile } from '../sqlite-file.ts';
import type { CountedState, CrawlRow } from './crawl-row.ts';
import { int, type Row, textOrNull } from './rows.ts';

/** One row of the table of URLs. */
export interface UrlRow {
  readonly n: number;
  readonly host: number;
  readonly depth: number;
  readonly state: number;
  readonly reason: string | null;
  readonly lease: string | null;
  /** The page was done, and another visit is pending or in progress. */
  readonly reopened: boolean;
  readonly spellings: StoredSpellings;
}

/** What `readUrlRow` reads. */
export const URL_COLUMNS = 'n, host, depth, state, reason, lease, reopened, spellings';

const COUNTED = ['pending', 'pending', 'active', 'done', 'failed', 'skipped'] as const;
const FINAL: readonly number[] = [STATE.done, STATE.failed, STATE.skipped];

/** The rows of URLs of one crawl. Keeps the ready counts of hosts and the counts of the crawl consistent. */
export class UrlRows {
  readonly #file: SqliteFile;
  readonly #crawl: CrawlRow;
  readonly #hosts = new Map<string, number>();
  readonly #parents = new Map<string, number | null>();
  readonly #ready = new Map<number, number>();

  constructor(file: SqliteFile, crawl: CrawlRow) {
    this.#file = file;
    this.#crawl = crawl;
  }

  find(url: string): UrlRow | null {
    const row = this.#file
      .sql(`SELECT ${URL_COLUMNS} FROM url WHERE crawl = ? AND url = ?`)
      .get(this.#crawl.k, url) as Row | undefined;
    return row === undefined ? null : readUrlRow(row);
  }

  /** Inserts a new URL. Returns false and changes nothing for a seen one. */
  insert(found: Discovery, state: number): boolean {
    const host = this.#host(found.host);
    const inserted = this.#file
      .sql(`INSERT INTO url (crawl, url, host, depth, state, by, found_on, reason, spellings) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT DO NOTHING`)
      .run(
        this.#crawl.k,
        found.url,
        host,
        found.depth,
        state,
        found.by,
        this.#parent(found.foundOn),
        found.skip ?? null,
        found.spelling ?? null,
      );
    if (inserted.changes === 0) return false;
    this.#crawl.move(null, counted(state, false));
    if (state === STATE.ready) this.#count(host, 1);
    return true;
  }

  /**
   * Changes the state of a row and sets all columns that `about` does not name to null. A row that leaves `done` for a state
   * that is not final is reopened until it is final again.
   */
  settle(row: UrlRow, state: number, about: Settlement = {}): void {
    const reopened = !FINAL.includes(state) && (row.reopened || row.state === STATE.done);
    this.#file
      .sql(`UPDATE url SET state = ?, reason = ?, detail = ?, target = ?, not_before = ?, lease = ?, owner = ?,
        lease_until = ?, depth = ?, attempts = attempts + ?, reopened = ?, status = ? WHERE n = ?`)
      .run(
        state,
        about.reason ?? null,
        about.detail ?? null,
        about.target ?? null,
        about.notBefore ?? null,
        about.lease ?? null,
        about.owner ?? null,
        about.leaseUntil ?? null,
        about.depth ?? row.depth,
        about.attempts ?? 0,
        reopened ? 1 : 0,
        about.status ?? null,
        row.n,
      );
    this.#crawl.move(counted(row.state, row.reopened), counted(state, reopened));
    if (row.state === STATE.ready) this.#count(row.host, -1);
    if (state === STATE.ready) this.#count(row.host, 1);
  }

  deepen(row: UrlRow, depth: number): void {
    this.#file.sql('UPDATE url SET depth = ? WHERE n = ?').run(depth, row.n);
  }

  respell(row: UrlRow, spellings: StoredSpellings): void {
    this.#file.sql('UPDATE url SET spellings = ? WHERE n = ?').run(spellings, row.n);
  }

  /** Writes the changed counts. Call it at the end. */
  store(): void {
    this.storeReady();
    this.#crawl.store();
  }

  /** Writes the ready counts of hosts, which a claim reads. */
  storeReady(): void {
    for (const [host, change] of this.#ready) {
      if (change !== 0)
        this.#file.sql('UPDATE crawl_host SET ready = ready + ? WHERE k = ?').run(change, host);
    }
    this.#ready.clear();
  }

  #count(host: number, change: number): void {
    this.#ready.set(host, (this.#ready.get(host) ?? 0) + change);
  }

  #host(name: string): number {
    const cached = this.#hosts.get(name);
    if (cached !== undefined) return cached;
    this.#file
      .sql('INSERT INTO crawl_host (crawl, host) VALUES (?, ?) ON CONFLICT DO NOTHING')
      .run(this.#crawl.k, name);
    const row = this.#file
      .sql('SELECT k FROM crawl_host WHERE crawl = ? AND host = ?')
      .get(this.#crawl.k, name) as Row;
    const k = int(row, 'k');
    this.#hosts.set(name, k);
    return k;
  }

  #parent(url: string | null): number | null {
    if (url === null) return null;
    let n = this.#parents.get(url);
    if (n === undefined) {
      n = this.find(url)?.n ?? null;
      this.#parents.set(url, n);
    }
    return n;
  }
}

function counted(state: number, reopened: boolean): CountedState {
  const name = COUNTED[state] ?? 'pending';
  return name === 'pending' && reopened ? 'reopened' : name;
}

/** Columns of a new state. */
export interface Settlement {
  readonly reason?: string | null;
  readonly detail?: string | null;
  readonly status?: number | null;
  readonly target?: string | null;
  readonly notBefore?: number | null;
  readonly lease?: string;
  readonly owner?: string;
  readonly leaseUntil?: number;
  readonly depth?: number;
  /** Added to the count of attempts. */
  readonly attempts?: number;
}

export function readUrlRow(row: Row): UrlRow {
  return {
    n: int(row, 'n'),
    host: int(row, 'host'),
    depth: int(row, 'depth'),
    state: int(row, 'state'),
    reason: textOrNull(row, 'reason'),
    lease: textOrNull(row, 'lease'),
    reopened: int(row, 'reopened') === 1,
    spellings: textOrNull(row, 'spellings'),
  };
}
