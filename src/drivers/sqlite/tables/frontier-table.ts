import { randomUUID } from 'node:crypto';
import type {
  AddReport,
  Claim,
  ClaimAnswer,
  ClaimRequest,
  CompleteReport,
  Discovery,
  FrontierCounts,
  FrontierLimits,
  LedgerPage,
  LedgerQuery,
  LedgerRow,
  Outcome,
  PageIdentity,
  UrlState,
} from '../../../ports/frontier.ts';
import type { UrlReason } from '../../../ports/url-reason.ts';
import { STATE } from '../schema.ts';
import type { SqliteFile } from '../sqlite-file.ts';
import { CrawlRow } from './crawl-row.ts';
import { readCursor } from './cursor.ts';
import { int, intOrNull, type Row, text, textOrNull } from './rows.ts';
import { readUrlRow, type UrlRow, UrlRows } from './url-rows.ts';

/** Hosts whose first URL is compared when one is claimed. */
const HOSTS_COMPARED = 64;
/** URLs whose backoff or lease has ended that one claim brings back at most. */
const BROUGHT_BACK = 500;

/** The frontier of every crawl. Each public method is one transaction. */
export class FrontierTable {
  readonly #file: SqliteFile;

  constructor(file: SqliteFile) {
    this.#file = file;
  }

  open(crawlId: string, { maxPages, maxUrls, maxDepth }: FrontierLimits): void {
    this.#file
      .sql(`INSERT INTO crawl (id, max_pages, max_urls, max_depth) VALUES (?, ?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET max_pages = excluded.max_pages, max_urls = excluded.max_urls, max_depth = excluded.max_depth`)
      .run(crawlId, maxPages, maxUrls, maxDepth);
  }

  drop(crawlId: string): void {
    this.#file.transaction(() => {
      const crawl = CrawlRow.find(this.#file, crawlId);
      if (crawl === null) return;
      for (const table of ['url', 'crawl_host', 'identity', 'crawl_page']) {
        this.#file.sql(`DELETE FROM ${table} WHERE crawl = ?`).run(crawl.k);
      }
      this.#file.sql('DELETE FROM crawl WHERE k = ?').run(crawl.k);
    });
  }

  add(crawlId: string, discoveries: readonly Discovery[]): AddReport {
    return this.#change(crawlId, (crawl, urls) => this.#add(crawl, urls, discoveries));
  }

  claim(crawlId: string, request: ClaimRequest, now: number): ClaimAnswer {
    return this.#change(crawlId, (crawl, urls) => {
      if (crawl.control === 'cancelled') return { kind: 'cancelled' };
      if (crawl.control === 'paused') return { kind: 'paused' };
      this.#bringBack(crawl, urls, now);
      crawl.closeIfFull();
      if (crawl.finished) return { kind: 'finished' };
      const next = crawl.hasRoom ? this.#first(crawl, request.exceptHosts) : null;
      if (next === null) return { kind: 'wait', retryAt: this.#nextBackoff(crawl) };
      return { kind: 'page', claim: this.#lease(urls, next, request, now) };
    });
  }

  extend(crawlId: string, claims: readonly Claim[], until: number): readonly string[] {
    return this.#change(crawlId, (_, urls) => {
      const lost: string[] = [];
      for (const claim of claims) {
        const row = held(urls, claim);
        if (row === null) lost.push(claim.url);
        else this.#file.sql('UPDATE url SET lease_until = ? WHERE n = ?').run(until, row.n);
      }
      return lost;
    });
  }

  complete(crawlId: string, outcomes: readonly Outcome[]): CompleteReport {
    return this.#change(crawlId, (crawl, urls) => {
      const lost: string[] = [];
      for (const outcome of outcomes) {
        const row = held(urls, outcome.claim);
        if (row === null) lost.push(outcome.claim.url);
        else this.#settle(crawl, urls, row, outcome);
      }
      crawl.closeIfFull();
      return { counts: crawl.counts, finished: crawl.finished, lost };
    });
  }

  release(crawlId: string, claims: readonly Claim[], notBefore: number): void {
    this.#change(crawlId, (_, urls) => {
      for (const claim of claims) {
        const row = held(urls, claim);
        if (row !== null) urls.settle(row, STATE.waiting, { notBefore, attempts: -1 });
      }
    });
  }

  releaseOwner(crawlId: string, owner: string): number {
    return this.#change(crawlId, (crawl, urls) => {
      const rows = this.#file
        .sql(
          `SELECT n, host, depth, state, reason, lease FROM url WHERE crawl = ? AND state = ${STATE.active} AND owner = ?`,
        )
        .all(crawl.k, owner) as Row[];
      for (const row of rows) urls.settle(readUrlRow(row), STATE.ready);
      return rows.length;
    });
  }

  identify(crawlId: string, pages: readonly PageIdentity[]): readonly string[] {
    return this.#file.transaction(() => {
      const { k } = CrawlRow.get(this.#file, crawlId);
      return pages.map((page) => this.#firstUrl(k, `${page.contentHash} ${page.looseKey}`, page.url));
    });
  }

  counts(crawlId: string): FrontierCounts {
    return CrawlRow.get(this.#file, crawlId).counts;
  }

  reasons(crawlId: string): Readonly<Record<string, number>> {
    const crawl = CrawlRow.find(this.#file, crawlId);
    if (crawl === null) return {};
    const rows = this.#file
      .sql(`SELECT reason, count(*) AS urls FROM url WHERE crawl = ? AND state IN (${STATE.failed}, ${STATE.skipped})
        GROUP BY reason`)
      .all(crawl.k) as Row[];
    const reasons: Record<string, number> = {};
    for (const row of rows) reasons[text(row, 'reason')] = int(row, 'urls');
    if (crawl.closed !== null) addClosed(reasons, crawl.closed, crawl.counts);
    return reasons;
  }

  isFinished(crawlId: string): boolean {
    return CrawlRow.get(this.#file, crawlId).finished;
  }

  close(crawlId: string, reason: UrlReason): void {
    this.#change(crawlId, (crawl) => crawl.close(reason));
  }

  closedBecause(crawlId: string): UrlReason | null {
    return CrawlRow.get(this.#file, crawlId).closed;
  }

  ledger(crawlId: string, { cursor, limit, state }: LedgerQuery): LedgerPage {
    const crawl = CrawlRow.find(this.#file, crawlId);
    if (crawl === null) return { rows: [], next: null };
    const rows = this.#file
      .sql(`SELECT u.*, parent.url AS parent_url FROM url u LEFT JOIN url parent ON parent.n = u.found_on
        WHERE u.crawl = ? AND u.n > ? AND u.state IN (${this.#statesOf(crawl, state)}) ORDER BY u.n LIMIT ?`)
      .all(crawl.k, readCursor(cursor, 0), limit) as Row[];
    const last = rows.at(-1);
    return {
      rows: rows.map((row) => ledgerRow(row, crawl.closed)),
      next: rows.length === limit && last !== undefined ? String(int(last, 'n')) : null,
    };
  }

  /** One write transaction on one crawl. */
  #change<T>(crawlId: string, work: (crawl: CrawlRow, urls: UrlRows) => T): T {
    return this.#file.transaction(() => {
      const crawl = CrawlRow.get(this.#file, crawlId);
      const urls = new UrlRows(this.#file, crawl);
      const answer = work(crawl, urls);
      urls.store();
      return answer;
    });
  }

  #add(crawl: CrawlRow, urls: UrlRows, discoveries: readonly Discovery[]): AddReport {
    let added = 0;
    let overflow = 0;
    for (const discovery of discoveries) {
      const found = withDepthRule(discovery, crawl.limits);
      if (!crawl.full && urls.insert(found, found.skip === undefined ? STATE.ready : STATE.skipped)) {
        added += 1;
        continue;
      }
      const known = urls.find(found.url);
      if (known !== null) this.#meetAgain(crawl, urls, known, found);
      else overflow += 1;
    }
    crawl.drop(overflow);
    return { added, known: discoveries.length - added - overflow, overflow };
  }

  /** A shorter way to a known URL: what was too deep comes in, what was done is visited again for what lies behind. */
  #meetAgain(crawl: CrawlRow, urls: UrlRows, row: UrlRow, found: Discovery): void {
    const { maxDepth } = crawl.limits;
    if (maxDepth === null || found.depth >= row.depth || found.skip !== undefined) return;
    const tooDeep = row.state === STATE.skipped && row.reason === 'too-deep';
    const again = row.state === STATE.done && crawl.closed === null;
    if ((tooDeep && found.depth <= maxDepth) || again) urls.settle(row, STATE.ready, { depth: found.depth });
    else urls.deepen(row, found.depth);
  }

  #settle(crawl: CrawlRow, urls: UrlRows, row: UrlRow, outcome: Outcome): void {
    switch (outcome.kind) {
      case 'done':
        this.#finish(urls, row, outcome);
        this.#add(crawl, urls, nearer(outcome.links, outcome.claim.depth - row.depth));
        return;
      case 'skipped':
        urls.settle(row, STATE.skipped, outcome);
        return;
      case 'failed':
        urls.settle(row, STATE.failed, outcome);
        return;
      case 'retry':
        urls.settle(row, STATE.waiting, outcome);
    }
  }

  /** Marks what was loaded as done; a claim that led elsewhere is skipped in favour of its target. */
  #finish(urls: UrlRows, row: UrlRow, outcome: Outcome & { readonly kind: 'done' }): void {
    const { claim, finalUrl } = outcome;
    if (finalUrl === claim.url) {
      urls.settle(row, STATE.done);
      return;
    }
    urls.settle(row, STATE.skipped, { reason: 'redirect', target: finalUrl });
    const target = {
      url: finalUrl,
      host: outcome.finalHost,
      depth: row.depth,
      by: 'redirect',
      foundOn: claim.url,
    } as const;
    if (urls.insert(target, STATE.done)) return;
    const known = urls.find(finalUrl);
    if (known !== null) urls.settle(known, STATE.done, { depth: Math.min(known.depth, row.depth) });
  }

  /** Backoffs that have ended and leases that have run out make their URLs ready again. */
  #bringBack(crawl: CrawlRow, urls: UrlRows, now: number): void {
    const columns = 'n, host, depth, state, reason, lease';
    const due = this.#file
      .sql(
        `SELECT ${columns} FROM url WHERE crawl = ? AND state = ${STATE.waiting} AND not_before <= ? LIMIT ${BROUGHT_BACK}`,
      )
      .all(crawl.k, now) as Row[];
    const lost = this.#file
      .sql(
        `SELECT ${columns} FROM url WHERE crawl = ? AND state = ${STATE.active} AND lease_until < ? LIMIT ${BROUGHT_BACK}`,
      )
      .all(crawl.k, now) as Row[];
    for (const row of [...due, ...lost]) urls.settle(readUrlRow(row), STATE.ready);
    urls.storeReady();
  }

  /** The shallowest ready URL among the hosts that may be visited. */
  #first(crawl: CrawlRow, exceptHosts: readonly string[]): Row | null {
    const except = new Set(exceptHosts);
    const hosts = this.#file
      .sql('SELECT k, host FROM crawl_host WHERE crawl = ? AND ready > 0 ORDER BY k LIMIT ?')
      .all(crawl.k, HOSTS_COMPARED + except.size) as Row[];
    let best: Row | null = null;
    for (const host of hosts) {
      if (except.has(text(host, 'host'))) continue;
      const head = this.#head(int(host, 'k'));
      if (head !== null && (best === null || isBefore(head, best))) best = head;
    }
    return best;
  }

  #head(host: number): Row | null {
    const row = this.#file
      .sql(`SELECT u.n, u.host, u.depth, u.state, u.reason, u.lease, u.url, u.attempts, h.host AS name
        FROM url u JOIN crawl_host h ON h.k = u.host
        WHERE u.host = ? AND u.state = ${STATE.ready} ORDER BY u.depth, u.n LIMIT 1`)
      .get(host) as Row | undefined;
    return row ?? null;
  }

  #lease(urls: UrlRows, row: Row, request: ClaimRequest, now: number): Claim {
    const lease = randomUUID();
    const leaseUntil = now + request.leaseMs;
    urls.settle(readUrlRow(row), STATE.active, { lease, owner: request.owner, leaseUntil, attempts: 1 });
    return {
      url: text(row, 'url'),
      host: text(row, 'name'),
      depth: int(row, 'depth'),
      attempt: int(row, 'attempts') + 1,
      lease,
    };
  }

  #nextBackoff(crawl: CrawlRow): number | null {
    const row = this.#file
      .sql(`SELECT min(not_before) AS at FROM url WHERE crawl = ? AND state = ${STATE.waiting}`)
      .get(crawl.k) as Row;
    return intOrNull(row, 'at');
  }

  #firstUrl(crawl: number, key: string, url: string): string {
    this.#file
      .sql('INSERT INTO identity (crawl, key, url) VALUES (?, ?, ?) ON CONFLICT DO NOTHING')
      .run(crawl, key, url);
    return text(
      this.#file.sql('SELECT url FROM identity WHERE crawl = ? AND key = ?').get(crawl, key) as Row,
      'url',
    );
  }

  #statesOf(crawl: CrawlRow, state: UrlState | null): string {
    const pending = [STATE.ready, STATE.waiting];
    const closed = crawl.closed !== null;
    switch (state) {
      case null:
        return Object.values(STATE).join();
      case 'pending':
        return closed ? '-1' : pending.join();
      case 'skipped':
        return closed ? [STATE.skipped, ...pending].join() : String(STATE.skipped);
      default:
        return String(STATE[state]);
    }
  }
}

const STATE_NAMES: readonly UrlState[] = ['pending', 'pending', 'active', 'done', 'failed', 'skipped'];

function held(urls: UrlRows, claim: Claim): UrlRow | null {
  const row = urls.find(claim.url);
  return row !== null && row.state === STATE.active && row.lease === claim.lease ? row : null;
}

function isBefore(a: Row, b: Row): boolean {
  return (int(a, 'depth') - int(b, 'depth') || int(a, 'n') - int(b, 'n')) < 0;
}

/** Links of a page that was met on a shorter way while it was being visited. */
function nearer(links: readonly Discovery[], clicks: number): readonly Discovery[] {
  return clicks === 0 ? links : links.map((link) => ({ ...link, depth: link.depth - clicks }));
}

function withDepthRule(found: Discovery, { maxDepth }: FrontierLimits): Discovery {
  const tooDeep = found.skip === undefined && maxDepth !== null && found.depth > maxDepth;
  return tooDeep ? { ...found, skip: 'too-deep' } : found;
}

/** What the close of the crawl skipped is stored as pending and told here. */
function addClosed(reasons: Record<string, number>, closed: UrlReason, counts: FrontierCounts): void {
  const told = Object.values(reasons).reduce((sum, urls) => sum + urls, 0);
  const left = counts.failed + counts.skipped - told;
  if (left > 0) reasons[closed] = (reasons[closed] ?? 0) + left;
}

function ledgerRow(row: Row, closed: UrlReason | null): LedgerRow {
  const state = STATE_NAMES[int(row, 'state')] ?? 'pending';
  const skippedByClose = state === 'pending' && closed !== null;
  return {
    url: text(row, 'url'),
    state: skippedByClose ? 'skipped' : state,
    reason: skippedByClose ? closed : (textOrNull(row, 'reason') as UrlReason | null),
    detail: textOrNull(row, 'detail'),
    target: textOrNull(row, 'target'),
    depth: int(row, 'depth'),
    by: text(row, 'by') as LedgerRow['by'],
    foundOn: textOrNull(row, 'parent_url'),
    attempts: int(row, 'attempts'),
  };
}
