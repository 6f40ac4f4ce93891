import { randomUUID } from 'node:crypto';
import { amendFrontier } from '../../../src/core/crawl/amend-frontier.ts';
import { spellingsIn, withSpelling } from '../../../src/core/url/spellings.ts';
import type { Claim, Discovery, FrontierCounts, Outcome } from '../../../src/model/frontier-url.ts';
import type { LedgerPage, LedgerQuery } from '../../../src/model/ledger.ts';
import type { ListTrack } from '../../../src/model/paginated-list.ts';
import type { UrlReason } from '../../../src/model/reason.ts';
import type { Clock } from '../../../src/ports/clock.ts';
import type {
  AddReport,
  AmendReport,
  ClaimRequest,
  ClaimResult,
  CompleteReport,
  Frontier,
  FrontierAmendment,
  FrontierLimits,
  FrontierStore,
  PageIdentity,
} from '../../../src/ports/frontier.ts';
import { MemoryAmendment } from './memory-amendment.ts';
import { readLedger, readReasons } from './read-ledger.ts';
import { UrlBook } from './url-book.ts';
import type { UrlEntry } from './url-entry.ts';

/** Frontiers in process memory: the baseline for the cost of durability. They do not support pause. */
export class MemoryFrontierStore implements FrontierStore {
  readonly #clock: Clock;
  readonly #crawls = new Map<string, MemoryFrontier>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async open(crawlId: string, limits: FrontierLimits): Promise<Frontier> {
    const existing = this.#crawls.get(crawlId);
    if (existing !== undefined) return existing.with(limits);
    const made = new MemoryFrontier(this.#clock, limits);
    this.#crawls.set(crawlId, made);
    return made;
  }

  async drop(crawlId: string): Promise<void> {
    this.#crawls.delete(crawlId);
  }

  async ledger(crawlId: string, query: LedgerQuery): Promise<LedgerPage> {
    return this.#crawls.get(crawlId)?.ledger(query) ?? { rows: [], next: null };
  }

  async reasons(crawlId: string): Promise<Readonly<Record<string, number>>> {
    return this.#crawls.get(crawlId)?.reasons() ?? {};
  }
}

class MemoryFrontier implements Frontier {
  readonly #clock: Clock;
  readonly #book: UrlBook;
  readonly #amendment: MemoryAmendment;
  readonly #identities = new Map<string, string>();
  readonly #listTracks = new Map<string, ListTrack>();

  constructor(clock: Clock, limits: FrontierLimits) {
    this.#clock = clock;
    this.#book = new UrlBook(limits);
    this.#amendment = new MemoryAmendment(this.#book);
  }

  with(limits: FrontierLimits): this {
    this.#book.limits = limits;
    return this;
  }

  async add(discoveries: readonly Discovery[]): Promise<AddReport> {
    const report = { added: 0, seen: 0, overflow: 0 };
    for (const discovery of discoveries) report[this.#addOne(discovery)] += 1;
    return report;
  }

  async claim(request: ClaimRequest): Promise<ClaimResult> {
    const book = this.#book;
    const now = this.#clock.now();
    this.#bringBack(now);
    book.closeIfFull();
    if (book.isFinished) return { kind: 'finished' };
    const first = this.#lease(request, now);
    if (first === null) return { kind: 'wait', retryAt: this.#nextBackoff() };
    const claims: [Claim, ...Claim[]] = [first];
    while (claims.length < request.limit) {
      const next = this.#lease(request, now);
      if (next === null) break;
      claims.push(next);
    }
    return { kind: 'pages', claims };
  }

  #lease({ owner, leaseMs, exceptHosts }: ClaimRequest, now: number): Claim | null {
    const book = this.#book;
    const entry = book.hasRoom ? book.first(exceptHosts) : null;
    if (entry === null) return null;
    const lease = randomUUID();
    book.setState(entry, 'active', { lease, owner, leaseUntil: now + leaseMs });
    entry.attempts += 1;
    const { url, host, depth, attempts: attempt } = entry;
    const spellings = spellingsIn(entry.spellings);
    return { url, host, depth, attempt, lease, ...(spellings === undefined ? {} : { spellings }) };
  }

  async extend(claims: readonly Claim[], leaseMs: number): Promise<readonly string[]> {
    const leaseUntil = this.#clock.now() + leaseMs;
    return this.#each(
      claims,
      (claim) => claim,
      (entry) => {
        entry.standing = { ...entry.standing, leaseUntil };
      },
    );
  }

  async complete(outcomes: readonly Outcome[]): Promise<CompleteReport> {
    const lost = this.#each(
      outcomes,
      ({ claim }) => claim,
      (entry, outcome) => this.#complete(entry, outcome),
    );
    this.#book.closeIfFull();
    return { counts: this.#book.counts, finished: this.#book.isFinished, lost };
  }

  async release(claims: readonly Claim[], notBefore: number): Promise<void> {
    this.#each(
      claims,
      (claim) => claim,
      (entry) => {
        entry.attempts -= 1;
        this.#book.setState(entry, 'waiting', { notBefore });
      },
    );
  }

  async releaseOwner(owner: string): Promise<number> {
    const held = [...this.#book.active].filter(({ standing }) => standing.owner === owner);
    for (const entry of held) this.#book.setState(entry, 'ready');
    return held.length;
  }

  async identify(pages: readonly PageIdentity[]): Promise<readonly string[]> {
    return pages.map(({ url, looseKey, contentHash }) => {
      const key = `${contentHash} ${looseKey}`;
      if (!this.#identities.has(key)) this.#identities.set(key, url);
      return this.#identities.get(key) ?? url;
    });
  }

  async counts(): Promise<FrontierCounts> {
    return this.#book.counts;
  }

  async reasons(): Promise<Readonly<Record<string, number>>> {
    return readReasons(this.#book);
  }

  async isFinished(): Promise<boolean> {
    return this.#book.isFinished;
  }

  async close(reason: UrlReason): Promise<void> {
    this.#book.closed ??= reason;
  }

  async closeReason(): Promise<UrlReason | null> {
    return this.#book.closed;
  }

  async listTracks(patterns: readonly string[]): Promise<readonly ListTrack[]> {
    return patterns.flatMap((pattern) => this.#listTracks.get(pattern) ?? []);
  }

  async saveListTrack(track: ListTrack): Promise<boolean> {
    const existing = this.#listTracks.get(track.pattern.url)?.revision ?? 0;
    if (track.revision !== existing + 1) return false;
    this.#listTracks.set(track.pattern.url, track);
    return true;
  }

  amend(amendment: FrontierAmendment): Promise<AmendReport> {
    return amendFrontier(this.#amendment, amendment);
  }

  async ledger(query: LedgerQuery): Promise<LedgerPage> {
    return readLedger(this.#book, query);
  }

  /** Calls a function with each valid claim. Returns the URLs of the others. */
  #each<T>(all: readonly T[], claimOf: (one: T) => Claim, work: (entry: UrlEntry, one: T) => void): string[] {
    return all.flatMap((one) => {
      const claim = claimOf(one);
      const entry = this.#book.held(claim);
      if (entry === null) return [claim.url];
      work(entry, one);
      return [];
    });
  }

  #addOne(discovery: Discovery): keyof AddReport {
    const book = this.#book;
    const { maxDepth } = book.limits;
    const tooDeep = discovery.skip === undefined && maxDepth !== null && discovery.depth > maxDepth;
    const found: Discovery = tooDeep ? { ...discovery, skip: 'too-deep' } : discovery;
    const existing = book.find(found.url);
    if (existing !== null) this.#rediscover(existing, found);
    else if (book.isFull) return 'overflow';
    else book.insert(found, found.skip === undefined ? 'ready' : 'skipped');
    return existing === null ? 'added' : 'seen';
  }

  /**
   * A shorter path: a URL that was too deep is queued, a done one is visited again for its links. Another spelling of a URL
   * that robots.txt forbids may be allowed, so the URL is queued.
   */
  #rediscover(entry: UrlEntry, { by, depth, skip, spelling }: Discovery): void {
    const book = this.#book;
    const { reason } = entry.standing;
    const isSkipped = entry.state === 'skipped';
    const isSpelledAnew = addSpelling(entry, spelling);
    const isForbidden = isSkipped && reason === 'robots' && book.closed === null;
    const isAllowedAgain = isForbidden && isSpelledAnew && skip === undefined;
    if (isAllowedAgain) entry.attempts -= 1;
    if (isAllowedAgain || (isSkipped && reason === 'sampled-out' && by === 'board' && skip === undefined)) {
      entry.depth = Math.min(entry.depth, depth);
      book.setState(entry, 'ready');
      return;
    }
    if (book.limits.maxDepth === null || depth >= entry.depth || (skip !== undefined && !isSkipped)) return;
    const isReadmitted = isSkipped && reason === 'too-deep' && skip === undefined;
    book.deepen(entry, depth);
    const isAgain = entry.state === 'done' && book.closed === null;
    if (isAgain) entry.spellings = spelling ?? null;
    if (isReadmitted || isAgain) book.setState(entry, 'ready');
  }

  #complete(entry: UrlEntry, outcome: Outcome): void {
    const { kind } = outcome;
    if (kind === 'done') this.#finish(entry, outcome);
    else if (kind === 'retry') this.#book.setState(entry, 'waiting', outcome);
    else if (outcome.reason === 'robots' && isSpelledAnew(entry, outcome.claim)) {
      entry.attempts -= 1;
      this.#book.setState(entry, 'ready');
    } else if (entry.reopened) this.#book.setState(entry, 'done');
    else this.#book.setState(entry, kind, outcome);
  }

  #finish(entry: UrlEntry, { claim, finalUrl, finalHost, links }: Outcome & { readonly kind: 'done' }): void {
    const book = this.#book;
    const nearer = claim.depth - entry.depth;
    if (finalUrl === claim.url) book.setState(entry, 'done');
    else {
      book.setState(entry, 'skipped', { reason: 'redirect', target: finalUrl });
      const existing = book.find(finalUrl);
      const about = { url: finalUrl, host: finalHost, depth: entry.depth, foundOn: claim.url };
      if (existing === null) book.insert({ ...about, by: 'redirect' }, 'done');
      else {
        existing.depth = Math.min(existing.depth, entry.depth);
        book.setState(existing, 'done');
      }
    }
    for (const link of links) this.#addOne({ ...link, depth: link.depth - nearer });
  }

  #bringBack(now: number): void {
    for (const entry of this.#book.waiting)
      if ((entry.standing.notBefore ?? 0) <= now) this.#book.setState(entry, 'ready');
    for (const entry of this.#book.active)
      if ((entry.standing.leaseUntil ?? 0) < now) this.#book.setState(entry, 'ready');
  }

  #nextBackoff(): number | null {
    const times = [...this.#book.waiting].map(({ standing }) => standing.notBefore ?? 0);
    return times.length === 0 ? null : Math.min(...times);
  }
}

/** Returns whether the spelling is new. URLs in a final state are not requested again. */
function addSpelling(entry: UrlEntry, spelling: string | undefined): boolean {
  if (entry.state === 'done' || entry.state === 'failed') return false;
  const spellings = withSpelling(entry.spellings, entry.url, spelling);
  const isNew = spellings !== entry.spellings;
  entry.spellings = spellings;
  return isNew;
}

function isSpelledAnew({ spellings }: UrlEntry, claim: Claim): boolean {
  return (spellingsIn(spellings)?.length ?? 1) > (claim.spellings?.length ?? 1);
}
