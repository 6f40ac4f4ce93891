import { randomUUID } from 'node:crypto';
import { spellingsIn } from '../../../core/url/spellings.ts';
import type { Claim } from '../../../model/frontier-url.ts';
import type { ClaimRequest } from '../../../ports/frontier.ts';
import { STATE } from '../schema.ts';
import type { SqliteFile } from '../sqlite-file.ts';
import type { CrawlRow } from './crawl-row.ts';
import { int, intOrNull, type Row, text, textOrNull } from './rows.ts';
import { readUrlRow, URL_COLUMNS, type UrlRows } from './url-rows.ts';

/** Hosts whose first URLs one claim compares. */
const MAX_HOSTS = 64;
/** URLs that one claim requeues after their backoff, and after the end of their lease. */
const MAX_REQUEUED = 500;

/** The claims of one transaction on one crawl. */
export class FrontierClaims {
  readonly #file: SqliteFile;
  readonly #crawl: CrawlRow;
  readonly #urls: UrlRows;

  constructor(file: SqliteFile, crawl: CrawlRow, urls: UrlRows) {
    this.#file = file;
    this.#crawl = crawl;
    this.#urls = urls;
  }

  /** Makes URLs ready whose backoff has ended or whose lease has run out. */
  requeue(now: number): void {
    const due = this.#file
      .sql(
        `SELECT ${URL_COLUMNS} FROM url WHERE crawl = ? AND state = ${STATE.waiting} AND not_before <= ? LIMIT ${MAX_REQUEUED}`,
      )
      .all(this.#crawl.k, now) as Row[];
    const lost = this.#file
      .sql(
        `SELECT ${URL_COLUMNS} FROM url WHERE crawl = ? AND state = ${STATE.active} AND lease_until < ? LIMIT ${MAX_REQUEUED}`,
      )
      .all(this.#crawl.k, now) as Row[];
    for (const row of [...due, ...lost]) this.#urls.settle(readUrlRow(row), STATE.ready);
    this.#urls.storeReady();
  }

  /** Leases the first ready URLs, as many as the request and the page limit allow. */
  lease(request: ClaimRequest, now: number): readonly Claim[] {
    const claims: Claim[] = [];
    while (claims.length < request.limit && this.#crawl.hasRoom) {
      const next = this.#first(request.exceptHosts);
      if (next === null) break;
      claims.push(this.#leaseRow(next, request, now));
    }
    return claims;
  }

  /** The shallowest ready URL of the allowed hosts. */
  #first(exceptHosts: readonly string[]): Row | null {
    const except = new Set(exceptHosts);
    const hosts = this.#file
      .sql('SELECT k, host FROM crawl_host WHERE crawl = ? AND ready > 0 ORDER BY k LIMIT ?')
      .all(this.#crawl.k, MAX_HOSTS + except.size) as Row[];
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
      .sql(`SELECT u.n, u.host, u.depth, u.state, u.reason, u.lease, u.reopened, u.spellings, u.url, u.attempts, h.host AS name
        FROM url u JOIN crawl_host h ON h.k = u.host
        WHERE u.host = ? AND u.state = ${STATE.ready} ORDER BY u.depth, u.n LIMIT 1`)
      .get(host) as Row | undefined;
    return row ?? null;
  }

  #leaseRow(row: Row, request: ClaimRequest, now: number): Claim {
    const lease = randomUUID();
    const leaseUntil = now + request.leaseMs;
    const spellings = spellingsIn(textOrNull(row, 'spellings'));
    this.#urls.settle(readUrlRow(row), STATE.active, {
      lease,
      owner: request.owner,
      leaseUntil,
      attempts: 1,
    });
    return {
      url: text(row, 'url'),
      host: text(row, 'name'),
      depth: int(row, 'depth'),
      attempt: int(row, 'attempts') + 1,
      lease,
      ...(spellings === undefined ? {} : { spellings }),
    };
  }

  /** The end of the next backoff (epoch ms); null without one. */
  nextBackoff(): number | null {
    const row = this.#file
      .sql(`SELECT min(not_before) AS at FROM url WHERE crawl = ? AND state = ${STATE.waiting}`)
      .get(this.#crawl.k) as Row;
    return intOrNull(row, 'at');
  }
}

function isBefore(a: Row, b: Row): boolean {
  return (int(a, 'depth') - int(b, 'depth') || int(a, 'n') - int(b, 'n')) < 0;
}
