import { randomUUID } from 'node:crypto';
import type { AmendBatch, AmendMove } from '../../../core/crawl/amend-frontier.ts';
import type { Claim, Discovery, FrontierCounts, Outcome } from '../../../model/frontier-url.ts';
import type { LedgerPage, LedgerQuery } from '../../../model/ledger.ts';
import type { ListTrack } from '../../../model/paginated-list.ts';
import type { UrlReason } from '../../../model/reason.ts';
import type {
  AddReport,
  AmendReport,
  ClaimRequest,
  ClaimResult,
  CompleteReport,
  FrontierLimits,
  PageIdentity,
} from '../../../ports/frontier.ts';
import { STATE } from '../schema.ts';
import type { SqliteFile } from '../sqlite-file.ts';
import { CrawlRow } from './crawl-row.ts';
import { amendable, amendRows } from './frontier-amendment.ts';
import { readLedger, readReasons } from './frontier-ledger.ts';
import { int, intOrNull, type Row, text } from './rows.ts';
import { readUrlRow, URL_COLUMNS, type UrlRow, UrlRows } from './url-rows.ts';

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
      for (const table of ['url', 'crawl_host', 'identity', 'crawl_board', 'crawl_summaries']) {
        this.#file.sql(`DELETE FROM ${table} WHERE crawl = ?`).run(crawl.k);
      }
      crawl.forget();
    });
  }

  add(crawlId: string, discoveries: readonly Discovery[]): AddReport {
    return this.#change(crawlId, (crawl, urls) => this.#add(crawl, urls, discoveries));
  }

  claim(crawlId: string, request: ClaimRequest, now: number): ClaimResult {
    return this.#change(crawlId, (crawl, urls) => {
      if (crawl.control === 'cancelled') return { kind: 'cancelled' };
      if (crawl.control === 'paused') return { kind: 'paused' };
      this.#bringBack(crawl, urls, now);
      crawl.closeIfFull();
      if (crawl.finished) return { kind: 'finished' };
      const [first, ...more] = this.#leaseFirst(crawl, urls, request, now);
      if (first === undefined) return { kind: 'wait', retryAt: this.#nextBackoff(crawl) };
      return { kind: 'pages', claims: [first, ...more] };
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
        .sql(`SELECT ${URL_COLUMNS} FROM url WHERE crawl = ? AND state = ${STATE.active} AND owner = ?`)
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

  listTracks(crawlId: string, patterns: readonly string[]): readonly ListTrack[] {
    return CrawlRow.get(this.#file, crawlId).listTracks(patterns);
  }

  saveListTrack(crawlId: string, track: ListTrack): boolean {
    return CrawlRow.get(this.#file, crawlId).saveListTrack(track);
  }

  counts(crawlId: string): FrontierCounts {
    return CrawlRow.get(this.#file, crawlId).counts;
  }

  reasons(crawlId: string): Readonly<Record<string, number>> {
    const crawl = CrawlRow.find(this.#file, crawlId);
    return crawl === null ? {} : readReasons(this.#file, crawl);
  }

  isFinished(crawlId: string): boolean {
    return CrawlRow.get(this.#file, crawlId).finished;
  }

  close(crawlId: string, reason: UrlReason): void {
    this.#change(crawlId, (crawl) => crawl.close(reason));
  }

  closeReason(crawlId: string): UrlReason | null {
    return CrawlRow.get(this.#file, crawlId).closed;
  }

  ledger(crawlId: string, query: LedgerQuery): LedgerPage {
    const crawl = CrawlRow.find(this.#file, crawlId);
    return crawl === null ? { rows: [], next: null } : readLedger(this.#file, crawl, query);
  }

  /** See `AmendSteps`, as the other methods of its name. */
  amendBegin(crawlId: string, revision: number, limits: FrontierLimits): boolean {
    return this.#file.transaction(() => {
      if (CrawlRow.get(this.#file, crawlId).revision >= revision) return false;
      this.open(crawlId, limits);
      this.#change(crawlId, (crawl) => crawl.reopenIfRoom());
      return true;
    });
  }

  amendNext(crawlId: string, after: number): AmendBatch {
    return amendable(this.#file, CrawlRow.get(this.#file, crawlId), after);
  }

  amendMove(crawlId: string, moves: readonly AmendMove[]): AmendReport {
    return this.#change(crawlId, (_, urls) => amendRows(this.#file, urls, moves));
  }

  amendEnd(crawlId: string, revision: number): void {
    this.#change(crawlId, (crawl) => {
      crawl.closeIfFull();
      if (crawl.counts.active > 0) return;
      this.#file.sql('UPDATE crawl SET revision = ? WHERE k = ?').run(revision, crawl.k);
    });
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
    return { added, seen: discoveries.length - added - overflow, overflow };
  }

  /** A shorter way to a known URL: what was too deep comes in, what was done is visited again for what lies behind. */
  #meetAgain(crawl: CrawlRow, urls: UrlRows, row: UrlRow, found: Discovery): void {
    const { maxDepth } = crawl.limits;
    const isKeptOut = found.skip !== undefined;
    if (isTakenAfterAll(row, found)) {
      urls.settle(row, STATE.ready, { depth: Math.min(row.depth, found.depth) });
      return;
    }
    if (maxDepth === null || found.depth >= row.depth || (isKeptOut && row.state !== STATE.skipped)) return;
    const tooDeep = row.state === STATE.skipped && row.reason === 'too-deep';
    const again = row.state === STATE.done && crawl.closed === null;
    if ((tooDeep && !isKeptOut) || again) urls.settle(row, STATE.ready, { depth: found.depth });
    else urls.deepen(row, found.depth);
  }

  #settle(crawl: CrawlRow, urls: UrlRows, row: UrlRow, outcome: Outcome): void {
    switch (outcome.kind) {
      case 'done':
        this.#finish(urls, row, outcome);
        this.#add(crawl, urls, nearer(outcome.links, outcome.claim.depth - row.depth));
        return;
      case 'retry':
        urls.settle(row, STATE.waiting, outcome);
        return;
      default:
        giveUp(urls, row, outcome);
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
    const due = this.#file
      .sql(
        `SELECT ${URL_COLUMNS} FROM url WHERE crawl = ? AND state = ${STATE.waiting} AND not_before <= ? LIMIT ${BROUGHT_BACK}`,
      )
      .all(crawl.k, now) as Row[];
    const lost = this.#file
      .sql(
        `SELECT ${URL_COLUMNS} FROM url WHERE crawl = ? AND state = ${STATE.active} AND lease_until < ? LIMIT ${BROUGHT_BACK}`,
      )
      .all(crawl.k, now) as Row[];
    for (const row of [...due, ...lost]) urls.settle(readUrlRow(row), STATE.ready);
    urls.storeReady();
  }

  #leaseFirst(crawl: CrawlRow, urls: UrlRows, request: ClaimRequest, now: number): readonly Claim[] {
    const claims: Claim[] = [];
    while (claims.length < request.limit && crawl.hasRoom) {
      const next = this.#first(crawl, request.exceptHosts);
      if (next === null) break;
      claims.push(this.#lease(urls, next, request, now));
    }
    return claims;
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
      .sql(`SELECT u.n, u.host, u.depth, u.state, u.reason, u.lease, u.reopened, u.url, u.attempts, h.host AS name
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
}

function held(urls: UrlRows, claim: Claim): UrlRow | null {
  const row = urls.find(claim.url);
  return row !== null && row.state === STATE.active && row.lease === claim.lease ? row : null;
}

/** A page of a board that was left out of its sample is part of it now. */
function isTakenAfterAll({ state, reason }: UrlRow, { by, skip }: Discovery): boolean {
  return by === 'board' && skip === undefined && state === STATE.skipped && reason === 'sampled-out';
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

/** A page that is done stays so if another visit fails: it is in the map already. */
function giveUp(
  urls: UrlRows,
  row: UrlRow,
  outcome: Outcome & { readonly kind: 'skipped' | 'failed' },
): void {
  if (row.reopened) urls.settle(row, STATE.done);
  else urls.settle(row, STATE[outcome.kind], outcome);
}
