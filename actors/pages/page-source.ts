import type { ActorRef } from '../../src/core/actor/actor.ts';
import type { PageRetries } from '../../src/core/crawl/outcome-of-failure.ts';
import type { PageError } from '../../src/core/ledger/page-error.ts';
import type { RobotsPolicy } from '../../src/core/robots/robots-policy.ts';
import type { FetchFailure } from '../../src/model/fetched-page.ts';
import type { Claim } from '../../src/model/frontier-url.ts';
import type { UrlReason } from '../../src/model/reason.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { PageSource } from '../../src/ports/fetcher.ts';
import type { Frontier } from '../../src/ports/frontier.ts';
import type { HostRule } from '../../src/ports/host-gate.ts';
import type { HostPermits } from '../politeness/host-permits.ts';
import type { RobotsCache } from '../politeness/robots-cache.ts';
import { LEASE_MS, type LeaseRenewer } from './lease-renewer.ts';
import { Prefetch } from './prefetch.ts';
import type { WriterMessage } from './writer.ts';

export interface PageSourceParts {
  readonly frontier: Frontier;
  readonly robots: RobotsCache;
  readonly permits: HostPermits;
  readonly leases: LeaseRenewer;
  readonly writer: ActorRef<WriterMessage>;
  readonly clock: Clock;
  readonly owner: string;
  readonly rule: HostRule;
  readonly retries: PageRetries;
  /** Why each URL is left out, for example as a page of a paginated list that was found after the URL; null: visit it. */
  readonly verdicts: (urls: readonly string[]) => Promise<readonly (UrlReason | null)[]>;
  /** Called when pages that had to wait may be due. */
  readonly onDue: () => void;
}

interface Allowed {
  readonly claim: Claim;
  readonly rule: HostRule;
}

/** Further visits of a page whose visits all ended with the death of their process. */
const MAX_LOST_VISITS = 2;

/** Failures of a host rather than of one document. */
const HOST_FAILURES: readonly UrlReason[] = ['dns', 'address-refused', 'connection', 'tls'];

/** Claims the pages of a crawl for the fetcher: those that robots.txt allows and whose host has a free permit. */
export class CrawlPageSource implements PageSource {
  readonly #parts: PageSourceParts;
  readonly #prefetch = new Prefetch();
  /** Claimed and allowed, but not handed out yet. */
  readonly #ready: Claim[] = [];
  #filling: Promise<void> | null = null;
  #cancelTimer: () => void = () => {};
  #failed: { readonly error: unknown } | null = null;
  #ended = false;

  constructor(parts: PageSourceParts) {
    this.#parts = parts;
  }

  async next(): Promise<Claim | null> {
    while (!(await this.isEmpty())) {
      const claim = this.#ready.shift();
      if (claim === undefined) continue;
      this.#prefetch.note(this.#parts.clock.now());
      this.#fillInTime();
      return claim;
    }
    return null;
  }

  /** Claims pages to find out, so that `false` means that `next` has a page. */
  async isEmpty(): Promise<boolean> {
    if (this.#failed !== null) throw this.#failed.error;
    if (!this.#ended && this.#ready.length === 0) await this.#fill();
    return this.#ended || this.#ready.length === 0;
  }

  async mayRequest(url: string): Promise<boolean> {
    return (await this.#parts.robots.policy(url)).allows(url);
  }

  async isFinished(): Promise<boolean> {
    return this.#ended || (await this.#parts.frontier.isFinished());
  }

  /** Hands out no more pages and releases those that were claimed ahead. */
  async end(): Promise<void> {
    this.#ended = true;
    this.#cancelTimer();
    await this.#filling?.catch(() => {});
    await this.#release(this.#ready.splice(0), 0);
  }

  /** Claims more before the last page is handed out. The next call rejects if this fails. */
  #fillInTime(): void {
    if (this.#ended || this.#ready.length * 2 >= this.#prefetch.pages - 1) return;
    this.#fill().catch((error: unknown) => {
      this.#failed = { error };
    });
  }

  /** Single-flight: callers wait for the claim that runs. */
  #fill(): Promise<void> {
    this.#filling ??= this.#claim().finally(() => {
      this.#filling = null;
    });
    return this.#filling;
  }

  /** Claims until a page is ready, or none may be visited now. */
  async #claim(): Promise<void> {
    const { frontier, permits, owner, rule } = this.#parts;
    for (let admitted = 0; admitted === 0 && !this.#ended; ) {
      const exceptHosts = permits.blockedHosts(rule.concurrency);
      const free = permits.freePermits(rule.concurrency);
      const limit = rule.delayMs > 0 ? 1 : Math.min(this.#prefetch.pages, free);
      const result = await frontier.claim({ owner, leaseMs: LEASE_MS, exceptHosts, limit });
      if (result.kind === 'wait') return this.#callWhenDue(earliest(result.retryAt, permits.nextOpenAt()));
      if (result.kind !== 'pages') {
        this.#ended ||= result.kind !== 'finished';
        return;
      }
      admitted = await this.#admit(result.claims);
    }
  }

  /** Keeps the pages that may be visited now and returns how many; the others are completed or released. */
  async #admit(claims: readonly Claim[]): Promise<number> {
    for (const claim of claims) this.#parts.leases.add(claim);
    const leftOut = await this.#parts.verdicts(claims.map(({ url }) => url));
    const allowed: Allowed[] = [];
    for (const [index, claim] of claims.entries()) {
      const one = await this.#allow(claim, leftOut[index] ?? null);
      if (one !== null) allowed.push(one);
    }
    const hostAndRule = ({ claim, rule }: Allowed) => `${claim.host} ${rule.concurrency} ${rule.delayMs}`;
    let admitted = 0;
    for (const group of Map.groupBy(allowed, hostAndRule).values()) admitted += await this.#acquire(group);
    return admitted;
  }

  /** The claim with the first spelling that may be requested; null for none: then it is completed with the reason. */
  async #allow(claim: Claim, leftOut: UrlReason | null): Promise<Allowed | null> {
    const { robots, retries } = this.#parts;
    if (claim.attempt > retries.attempts + MAX_LOST_VISITS)
      return this.#refuse(claim, 'crash', 'Its visits never ended', false);
    if (leftOut !== null) return this.#refuse(claim, leftOut, null, false);
    const { policy, failure } = await robots.decide(claim.url);
    if (policy.kind === 'unreachable') return this.#refuse(claim, ...whyUnreachable(failure));
    const requestUrl = (claim.spellings ?? [claim.url]).find((spelling) => policy.allows(spelling));
    if (requestUrl === undefined) return this.#refuse(claim, 'robots', null, false);
    return {
      claim: requestUrl === claim.url ? claim : { ...claim, requestUrl },
      rule: this.#ruleUnder(policy),
    };
  }

  /** Acquires permits for pages of one host and one rule, and releases the claims that get none. */
  async #acquire([first, ...more]: readonly Allowed[]): Promise<number> {
    if (first === undefined) return 0;
    const claims: readonly [Claim, ...Claim[]] = [first.claim, ...more.map(({ claim }) => claim)];
    const { acquired, retryAt } = await this.#parts.permits.acquire(claims, first.rule);
    this.#ready.push(...claims.slice(0, acquired));
    await this.#release(claims.slice(acquired), retryAt ?? 0);
    return acquired;
  }

  /** The longer one of the task's delay and the site's `Crawl-delay`; a site that sets one gets one visit at a time. */
  #ruleUnder(policy: RobotsPolicy): HostRule {
    const { rule } = this.#parts;
    if (policy.crawlDelayMs === null) return rule;
    return { concurrency: 1, delayMs: Math.max(rule.delayMs, policy.crawlDelayMs) };
  }

  async #refuse(
    claim: Claim,
    reason: FetchFailure['reason'],
    detail: string | null,
    retryable: boolean,
  ): Promise<null> {
    const about = { status: null, target: null, retryAt: null };
    await this.#parts.writer.send({
      kind: 'failure',
      failure: { claim, reason, detail, retryable, ...about },
    });
    return null;
  }

  async #release(claims: readonly Claim[], notBefore: number): Promise<void> {
    if (claims.length === 0) return;
    const { frontier, leases, permits } = this.#parts;
    for (const claim of claims) leases.remove(claim);
    await Promise.all(claims.map((claim) => permits.release(claim)));
    await frontier.release(claims, notBefore);
  }

  #callWhenDue(at: number | null): void {
    this.#cancelTimer();
    if (at === null) return;
    const { clock, onDue } = this.#parts;
    this.#cancelTimer = clock.after(Math.max(0, at - clock.now()), onDue);
  }
}

/** A host that cannot be reached is the reason itself; otherwise only robots.txt is missing. */
function whyUnreachable(failure: PageError | null): readonly [UrlReason, string, boolean] {
  const detail = `robots.txt could not be read, so nothing may be visited${failure ? ` (${failure.message})` : ''}`;
  if (failure !== null && HOST_FAILURES.includes(failure.reason))
    return [failure.reason, detail, failure.retryable];
  return ['robots-unreachable', detail, true];
}

function earliest(one: number | null, other: number | null): number | null {
  if (one === null || other === null) return one ?? other;
  return Math.min(one, other);
}
