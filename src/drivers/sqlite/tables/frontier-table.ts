import type { AmendBatch, AmendMove } from '../../../core/crawl/amend-frontier.ts';
import { spellingsIn, withSpelling } from '../../../core/url/spellings.ts';
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
import { FrontierClaims } from './frontier-claims.ts';
import { readLedger, readReasons } from './frontier-ledger.ts';
import { type Row, text } from './rows.ts';
import { readUrlRow, URL_COLUMNS, type UrlRow, UrlRows } from './url-rows.ts';

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
      const claims = new FrontierClaims(this.#file, crawl, urls);
      claims.requeue(now);
      crawl.closeIfFull();
      if (crawl.finished) return { kind: 'finished' };
      const [first, ...more] = claims.lease(request, now);
      if (first === undefined) return { kind: 'wait', retryAt: claims.nextBackoff() };
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
        else this.#saveOutcome(crawl, urls, row, outcome);
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

  /** This method and the other `amend…` methods are the `AmendSteps`. */
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

  /** Runs one write transaction on one crawl. */
  #change<T>(crawlId: string, work: (crawl: CrawlRow, urls: UrlRows) => T): T {
    return this.#file.transaction(() => {
      const crawl = CrawlRow.get(this.#file, crawlId);
      const urls = new UrlRows(this.#file, crawl);
      const result = work(crawl, urls);
      urls.store();
      return result;
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
      const row = urls.find(found.url);
      if (row !== null) this.#rediscover(crawl, urls, row, found);
      else overflow += 1;
    }
    crawl.drop(overflow);
    return { added, seen: discoveries.length - added - overflow, overflow };
  }

  /**
   * A shorter path to a seen URL: a URL that was too deep becomes pending, and a done page is visited again for its links.
   * Another spelling of a URL that robots.txt forbids may be allowed, so the URL becomes pending.
   */
  #rediscover(crawl: CrawlRow, urls: UrlRows, row: UrlRow, found: Discovery): void {
    const { maxDepth } = crawl.limits;
    const isExcluded = found.skip !== undefined;
    const isSpelledAnew = addSpelling(urls, row, found);
    const isForbidden = row.state === STATE.skipped && row.reason === 'robots' && crawl.closed === null;
    const isAllowedAgain = isForbidden && isSpelledAnew && !isExcluded;
    if (isSampledNow(row, found) || isAllowedAgain) {
      const depth = Math.min(row.depth, found.depth);
      urls.settle(row, STATE.ready, { depth, attempts: isAllowedAgain ? -1 : 0 });
      return;
    }
    if (maxDepth === null || found.depth >= row.depth || (isExcluded && row.state !== STATE.skipped)) return;
    const tooDeep = row.state === STATE.skipped && row.reason === 'too-deep';
    const again = row.state === STATE.done && crawl.closed === null;
    if (again) urls.respell(row, found.spelling ?? null);
    if ((tooDeep && !isExcluded) || again) urls.settle(row, STATE.ready, { depth: found.depth });
    else urls.deepen(row, found.depth);
  }

  #saveOutcome(crawl: CrawlRow, urls: UrlRows, row: UrlRow, outcome: Outcome): void {
    switch (outcome.kind) {
      case 'done':
        this.#finish(urls, row, outcome);
        this.#add(crawl, urls, withSmallerDepth(outcome.links, outcome.claim.depth - row.depth));
        return;
      case 'retry':
        urls.settle(row, STATE.waiting, outcome);
        return;
      default:
        saveFailure(urls, row, outcome);
    }
  }

  /** Marks the loaded URL as done. A claim that was redirected becomes skipped, with the loaded URL as its target. */
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
    const loaded = urls.find(finalUrl);
    if (loaded !== null) urls.settle(loaded, STATE.done, { depth: Math.min(loaded.depth, row.depth) });
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

/** Returns whether the spelling is new. URLs in a final state are not requested again. */
function addSpelling(urls: UrlRows, row: UrlRow, { url, spelling }: Discovery): boolean {
  if (row.state === STATE.done || row.state === STATE.failed) return false;
  const spellings = withSpelling(row.spellings, url, spelling);
  if (spellings === row.spellings) return false;
  urls.respell(row, spellings);
  return true;
}

/** A page of a paginated list that was not in the sample is in it now. */
function isSampledNow({ state, reason }: UrlRow, { by, skip }: Discovery): boolean {
  return by === 'board' && skip === undefined && state === STATE.skipped && reason === 'sampled-out';
}

/** Links of a page that was met at a smaller depth while it was in progress. */
function withSmallerDepth(links: readonly Discovery[], clicks: number): readonly Discovery[] {
  return clicks === 0 ? links : links.map((link) => ({ ...link, depth: link.depth - clicks }));
}

function withDepthRule(found: Discovery, { maxDepth }: FrontierLimits): Discovery {
  const tooDeep = found.skip === undefined && maxDepth !== null && found.depth > maxDepth;
  return tooDeep ? { ...found, skip: 'too-deep' } : found;
}

/**
 * A done page stays done if another visit fails: it is in the map already. A URL that robots.txt forbids becomes pending
 * if another spelling was found while the URL was in progress.
 */
function saveFailure(
  urls: UrlRows,
  row: UrlRow,
  outcome: Outcome & { readonly kind: 'skipped' | 'failed' },
): void {
  if (outcome.reason === 'robots' && isSpelledAnew(row, outcome.claim))
    urls.settle(row, STATE.ready, { attempts: -1 });
  else if (row.reopened) urls.settle(row, STATE.done);
  else urls.settle(row, STATE[outcome.kind], outcome);
}

function isSpelledAnew({ spellings }: UrlRow, claim: Claim): boolean {
  return (spellingsIn(spellings)?.length ?? 1) > (claim.spellings?.length ?? 1);
}
