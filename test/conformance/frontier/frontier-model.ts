import { MAX_SPELLINGS } from '../../../src/core/url/spellings.ts';
import type { Claim, Discovery, Outcome, UrlState } from '../../../src/model/frontier-url.ts';
import type { UrlReason } from '../../../src/model/reason.ts';
import type { ClaimRequest, ClaimResult } from '../../../src/ports/frontier.ts';

/** One URL as the model knows it. */
export interface ModelUrl {
  readonly url: string;
  readonly host: string;
  readonly depth: number;
  state: UrlState;
  reason: UrlReason | null;
  target: string | null;
  attempts: number;
  notBefore: number;
  leaseUntil: number;
  lease: string | null;
  owner: string | null;
  /** In the order of discovery. */
  readonly spellings: string[];
}

/** What the model expects of a claim; the lease itself is the driver's to choose. */
export type ExpectedAnswer =
  | Exclude<ClaimResult, { readonly kind: 'pages' }>
  | { readonly kind: 'pages'; readonly urls: readonly ModelUrl[] };

/** A frontier without a limit of depth, in the simplest words: every question is a walk over all URLs. */
export class FrontierModel {
  readonly #urls = new Map<string, ModelUrl>();
  readonly #maxPages: number;
  #closed: UrlReason | null = null;

  constructor(maxPages: number | null) {
    this.#maxPages = maxPages ?? Number.POSITIVE_INFINITY;
  }

  get urls(): readonly ModelUrl[] {
    return [...this.#urls.values()];
  }

  get finished(): boolean {
    return this.#closed !== null || this.#in('pending', 'active') === 0;
  }

  /** Counts as every driver must show them. A lease that has run out may show as pending or as active. */
  get counts() {
    return {
      found: this.#urls.size,
      done: this.#in('done'),
      failed: this.#in('failed'),
      skipped: this.#in('skipped'),
      open: this.#in('pending', 'active'),
    };
  }

  add(discoveries: readonly Discovery[]): number {
    const before = this.#urls.size;
    for (const discovery of discoveries) {
      const seen = this.#urls.get(discovery.url);
      if (seen === undefined) this.#insert(discovery);
      else this.#meetAgain(seen, discovery);
    }
    return this.#urls.size - before;
  }

  claim({ exceptHosts, limit }: ClaimRequest, now: number): ExpectedAnswer {
    for (const url of this.urls) if (isExpired(url, now)) this.#await(url, 0);
    this.#closeIfFull();
    if (this.finished) return { kind: 'finished' };
    const pending = this.urls.filter(({ state }) => state === 'pending');
    const urls = pending
      .filter(({ host, notBefore }) => notBefore <= now && !exceptHosts.includes(host))
      .sort((a, b) => a.depth - b.depth)
      .slice(0, Math.min(limit, this.#room));
    if (urls.length > 0) return { kind: 'pages', urls };
    const times = pending.map(({ notBefore }) => notBefore).filter((time) => time > now);
    return { kind: 'wait', retryAt: times.length === 0 ? null : Math.min(...times) };
  }

  /** Notes that the driver has handed out what `claim` expected. */
  lease(url: ModelUrl, claim: Claim, owner: string, leaseUntil: number): void {
    const attempts = url.attempts + 1;
    Object.assign(url, { state: 'active', reason: null, attempts, lease: claim.lease, owner, leaseUntil });
  }

  isHeld(claim: Claim): boolean {
    const url = this.#urls.get(claim.url);
    return url?.state === 'active' && url.lease === claim.lease;
  }

  /** Whether the lease has run out without anyone having noticed: what then becomes of it is the driver's choice. */
  isExpired(claim: Claim, now: number): boolean {
    return this.isHeld(claim) && this.urls.some((url) => url.url === claim.url && isExpired(url, now));
  }

  hasExpired(now: number): boolean {
    return this.urls.some((url) => isExpired(url, now));
  }

  complete(outcomes: readonly Outcome[]): readonly string[] {
    const lost: string[] = [];
    for (const outcome of outcomes) {
      if (this.isHeld(outcome.claim)) this.#settle(this.#get(outcome.claim.url), outcome);
      else lost.push(outcome.claim.url);
    }
    this.#closeIfFull();
    return lost;
  }

  extend(claim: Claim, until: number): readonly string[] {
    if (!this.isHeld(claim)) return [claim.url];
    this.#get(claim.url).leaseUntil = until;
    return [];
  }

  release(claim: Claim, notBefore: number): void {
    if (!this.isHeld(claim)) return;
    const url = this.#get(claim.url);
    url.attempts -= 1;
    this.#await(url, notBefore);
  }

  releaseOwner(owner: string): number {
    const held = this.urls.filter((url) => url.state === 'active' && url.owner === owner);
    for (const url of held) this.#await(url, 0);
    return held.length;
  }

  get #room(): number {
    return Math.max(0, this.#maxPages - this.#in('done', 'active'));
  }

  #in(...states: readonly UrlState[]): number {
    return this.urls.filter(({ state }) => states.includes(state)).length;
  }

  #get(url: string): ModelUrl {
    const known = this.#urls.get(url);
    if (known === undefined) throw new Error(`the model does not know ${url}`);
    return known;
  }

  #meetAgain(seen: ModelUrl, { url, skip, spelling = url }: Discovery): void {
    const { state, reason, spellings } = seen;
    if (state === 'done' || state === 'failed') return;
    if (spellings.includes(spelling) || spellings.length >= MAX_SPELLINGS) return;
    spellings.push(spelling);
    if (state === 'skipped' && reason === 'robots' && skip === undefined && this.#closed === null)
      this.#allowAgain(seen);
  }

  /** The visit that robots.txt forbade was none. */
  #allowAgain(url: ModelUrl): void {
    url.attempts -= 1;
    this.#await(url, 0);
  }

  #insert({ url, host, depth, skip, spelling = url }: Discovery): ModelUrl {
    const fresh = {
      attempts: 0,
      notBefore: 0,
      leaseUntil: 0,
      lease: null,
      owner: null,
      target: null,
    } as const;
    const spellings = [spelling];
    const made: ModelUrl = { ...fresh, spellings, url, host, depth, state: 'pending', reason: null };
    this.#urls.set(url, made);
    if (skip === undefined) this.#await(made, 0);
    else this.#end(made, 'skipped', skip);
    return made;
  }

  #settle(url: ModelUrl, outcome: Outcome): void {
    if (outcome.kind === 'retry') this.#await(url, outcome.notBefore, outcome.reason);
    else if (outcome.kind === 'done') this.#finish(url, outcome);
    else if (outcome.kind === 'failed') this.#end(url, 'failed', outcome.reason);
    else if (outcome.reason === 'robots' && isSpelledAnew(url, outcome.claim)) this.#allowAgain(url);
    else this.#end(url, 'skipped', outcome.reason, outcome.target);
  }

  #finish(url: ModelUrl, { finalUrl, finalHost, links }: Extract<Outcome, { readonly kind: 'done' }>): void {
    if (finalUrl !== url.url) this.#end(url, 'skipped', 'redirect', finalUrl);
    const target = {
      url: finalUrl,
      host: finalHost,
      depth: url.depth,
      by: 'redirect',
      foundOn: url.url,
    } as const;
    this.#end(this.#urls.get(finalUrl) ?? this.#insert(target), 'done', null);
    this.add(links);
  }

  /** Lets a URL wait for its next visit; once the crawl was ended, there is none. */
  #await(url: ModelUrl, notBefore: number, reason: UrlReason | null = null): void {
    Object.assign(url, { state: 'pending', reason, target: null, lease: null, owner: null, notBefore });
    if (this.#closed !== null) this.#end(url, 'skipped', this.#closed);
  }

  #end(url: ModelUrl, state: UrlState, reason: UrlReason | null, target: string | null = null): void {
    Object.assign(url, { state, reason, target, lease: null, owner: null });
  }

  #closeIfFull(): void {
    if (this.#closed !== null || this.#room > 0 || this.#in('active') > 0 || this.#in('pending') === 0)
      return;
    this.#closed = 'limit-pages';
    for (const url of this.urls) if (url.state === 'pending') this.#end(url, 'skipped', 'limit-pages');
  }
}

function isSpelledAnew({ spellings }: ModelUrl, claim: Claim): boolean {
  return spellings.length > (claim.spellings?.length ?? 1);
}

function isExpired({ state, leaseUntil }: ModelUrl, now: number): boolean {
  return state === 'active' && leaseUntil < now;
}
