import { describe, expect, it } from 'vitest';
import type { Claim, Discovery, Outcome } from '../../../src/model/frontier-url.ts';
import type { Frontier } from '../../../src/ports/frontier.ts';
import { SeededRandom } from '../../support/seeded-random.ts';
import type { SimulatedClock } from '../../support/simulated-clock.ts';
import { FrontierModel, type ModelUrl } from './frontier-model.ts';
import type { OpenFrontiers } from './harness.ts';
import { done, failed, found, ledgerOf, openCrawl, redirected, request } from './moves.ts';

const HOSTS = ['a.test', 'b.test', 'c.test', 'd.test'];
const OWNERS = ['one', 'two', 'three'];
/** Time passes in tens; times with another last digit are never met exactly, so that no test hangs on a `<`. */
const TICK_MS = 10;
const LEASE_MS = 3005;

/** Operations drawn by lot, each held against a model. */
export function walkSuite(open: OpenFrontiers): void {
  describe('a long walk of random operations', () => {
    it.each([
      { seed: 11, maxPages: null, urls: 400 },
      { seed: 12, maxPages: null, urls: 60 },
      { seed: 13, maxPages: 40, urls: 400 },
      { seed: 14, maxPages: 10, urls: 30 },
    ])('agrees with the model at every step (seed $seed, at most $maxPages pages)', async (about) => {
      await using harness = await open();
      const crawl = await openCrawl(harness.store, { maxPages: about.maxPages });
      const walk = new Walk(crawl, harness.clock, about);
      for (let step = 0; step < 1500; step += 1) await walk.step();
      await walk.expectSameLedger(crawl);
      await harness.reopen();
      await walk.expectSameLedger(await openCrawl(harness.store, { maxPages: about.maxPages }));
    });
  });
}

class Walk {
  readonly #crawl: Frontier;
  readonly #clock: SimulatedClock;
  readonly #random: SeededRandom;
  readonly #model: FrontierModel;
  readonly #checkRetryAt: boolean;
  readonly #urls: number;
  /** Every claim that was handed out and not given back knowingly. */
  readonly #claims: Claim[] = [];

  constructor(
    crawl: Frontier,
    clock: SimulatedClock,
    about: { readonly seed: number; readonly maxPages: number | null; readonly urls: number },
  ) {
    this.#crawl = crawl;
    this.#clock = clock;
    this.#random = new SeededRandom(about.seed);
    this.#model = new FrontierModel(about.maxPages);
    this.#checkRetryAt = about.maxPages === null;
    this.#urls = about.urls;
  }

  async step(): Promise<void> {
    const lot = this.#random.below(100);
    if (lot < 12) await this.#add();
    else if (lot < 50) await this.#claim();
    else if (lot < 78) await this.#complete();
    else if (lot < 84) await this.#extend();
    else if (lot < 90) await this.#release();
    else if (lot < 92) await this.#releaseOwner();
    else await this.#clock.advance(TICK_MS * this.#random.below(120));
    await this.#expectSameCounts();
  }

  async expectSameLedger(crawl: Frontier): Promise<void> {
    const lines = (await ledgerOf(crawl)).map(({ url, state, reason, target, attempts }) => {
      return { url, state: openState(state), reason: isOpen(state) ? null : reason, target, attempts };
    });
    const expected = this.#model.urls.map(({ url, state, reason, target, attempts }) => {
      return { url, state: openState(state), reason: isOpen(state) ? null : reason, target, attempts };
    });
    expect(lines.sort(byUrl)).toEqual(expected.sort(byUrl));
  }

  async #expectSameCounts(): Promise<void> {
    const { found, done, failed, skipped, pending, active } = await this.#crawl.counts();
    expect({ found, done, failed, skipped, open: pending + active }).toEqual(this.#model.counts);
  }

  async #add(): Promise<void> {
    const discoveries = this.#discoveries(5);
    const report = await this.#crawl.add(discoveries);
    const added = this.#model.add(discoveries);
    expect(report).toEqual({ added, seen: discoveries.length - added, overflow: 0 });
  }

  async #claim(): Promise<void> {
    const owner = this.#random.pick(OWNERS);
    const exceptHosts = HOSTS.filter(() => this.#random.next() < 0.2);
    const limit = 1 + this.#random.below(3);
    const asked = request({ owner, exceptHosts, leaseMs: LEASE_MS, limit });
    const answer = await this.#crawl.claim(asked);
    const expected = this.#model.claim(asked, this.#clock.now());
    expect(answer.kind).toBe(expected.kind);
    if (answer.kind === 'pages' && expected.kind === 'pages') {
      const pages = expected.urls.map(({ url, depth, attempts, spellings }) => {
        const claim = { url, depth, attempt: attempts + 1 };
        return spellings.every((spelling) => spelling === url)
          ? claim
          : { ...claim, spellings: [...spellings] };
      });
      expect(answer.claims).toMatchObject(pages);
      expect(new Set(answer.claims.map(({ lease }) => lease)).size).toBe(pages.length);
      for (const [index, url] of expected.urls.entries()) this.#lease(url, answer.claims[index], owner);
    } else if (this.#checkRetryAt) expect(answer).toEqual(expected);
  }

  #lease(url: ModelUrl, claim: Claim | undefined, owner: string): void {
    if (claim === undefined) throw new Error(`${url.url} should have been claimed`);
    this.#model.lease(url, claim, owner, this.#clock.now() + LEASE_MS);
    this.#claims.push(claim);
  }

  async #complete(): Promise<void> {
    const claims = [this.#draw(), this.#draw()].filter((claim) => claim !== null);
    const outcomes = claims.map((claim) => this.#outcome(claim));
    const report = await this.#crawl.complete(outcomes);
    expect(report.lost).toEqual(this.#model.complete(outcomes));
    expect(report.finished).toBe(this.#model.finished);
  }

  async #extend(): Promise<void> {
    const claim = this.#peek();
    if (claim === null) return;
    const lost = await this.#crawl.extend([claim], LEASE_MS);
    expect(lost).toEqual(this.#model.extend(claim, this.#clock.now() + LEASE_MS));
  }

  async #release(): Promise<void> {
    const claim = this.#draw();
    if (claim === null) return;
    const notBefore = this.#later();
    await this.#crawl.release([claim], notBefore);
    this.#model.release(claim, notBefore);
  }

  async #releaseOwner(): Promise<void> {
    if (this.#model.hasExpired(this.#clock.now())) return;
    const owner = this.#random.pick(OWNERS);
    expect(await this.#crawl.releaseOwner(owner)).toBe(this.#model.releaseOwner(owner));
  }

  /** Any claim, valid or long lost, whose standing is plain; it may turn up again after it was used. */
  #peek(): Claim | null {
    const now = this.#clock.now();
    const plain = this.#claims.slice(-12).filter((claim) => !this.#model.isExpired(claim, now));
    return plain.length === 0 ? null : this.#random.pick(plain);
  }

  /** The same, and it is mostly not used again. */
  #draw(): Claim | null {
    const claim = this.#peek();
    if (claim !== null && this.#random.next() < 0.9) this.#claims.splice(this.#claims.indexOf(claim), 1);
    return claim;
  }

  #outcome(claim: Claim): Outcome {
    const lot = this.#random.below(100);
    if (lot < 45) return done(claim, this.#discoveries(3));
    if (lot < 60) return redirected(claim, this.#discovery().url.slice('http:'.length), this.#discoveries(2));
    if (lot < 70) return failed(claim, this.#random.pick(['dns', 'timeout']));
    const reason = this.#random.pick(['duplicate', 'not-html', 'robots', 'robots'] as const);
    if (lot < 80) return { kind: 'skipped', claim, reason, target: this.#discovery().url };
    return { kind: 'retry', claim, reason: 'timeout', detail: null, notBefore: this.#later() };
  }

  #discoveries(max: number): Discovery[] {
    return Array.from({ length: this.#random.below(max + 1) }, () => this.#discovery());
  }

  /** Host, depth and verdict of a URL are always the same, its spelling is not. */
  #discovery(): Discovery {
    const n = this.#random.below(this.#urls);
    const path = `//${HOSTS[n % HOSTS.length]}/${n}`;
    const discovery = found(path, n % 5, n % 11 === 10 ? { skip: 'excluded' } : {});
    const spelled = this.#random.below(8);
    return spelled < 6 ? { ...discovery, spelling: `${discovery.url}?${spelled}` } : discovery;
  }

  #later(): number {
    return this.#clock.now() + TICK_MS * this.#random.below(100) - 5;
  }
}

function isOpen(state: string): boolean {
  return state === 'pending' || state === 'active';
}

function openState(state: string): string {
  return isOpen(state) ? 'open' : state;
}

function byUrl(a: { readonly url: string }, b: { readonly url: string }): number {
  return a.url < b.url ? -1 : 1;
}
