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
  readonly visits: HostPermits;
  readonly leases: LeaseRenewer;
  readonly writer: ActorRef<WriterMessage>;
  readonly clock: Clock;
  readonly owner: string;
  readonly rule: HostRule;
  readonly retries: PageRetries;
  /** Why each URL, which may have been found before this was known, is not to be visited; null if it is. */
  readonly verdicts: (urls: readonly string[]) => Promise<readonly (UrlReason | null)[]>;
  /** Called when waiting pages may be due. */
  readonly wake: () => void;
}

interface Allowed {
  readonly claim: Claim;
  readonly rule: HostRule;
}

/** A page whose visits all ended with the death of their process is given up after this many more. */
const LOST_VISITS = 2;

/** Failures of a host rather than of one document. */
const HOST_FAILURES: readonly UrlReason[] = ['dns', 'address-refused', 'connection', 'tls'];

/** Hands out the pages of a crawl: claimed, allowed by robots.txt, and let through by the host gate. */
export class CrawlPageSource implements PageSource {
  readonly #parts: PageSourceParts;
  readonly #prefetch = new Prefetch();
  readonly #ahead: Claim[] = [];
  #filling: Promise<void> | null = null;
  #cancelTimer: () => void = () => {};
  #failed: { readonly error: unknown } | null = null;
  #ended = false;

  constructor(parts: PageSourceParts) {
    this.#parts = parts;
  }

  async next(): Promise<Claim | null> {
    while (!(await this.isEmpty())) {
      const claim = this.#ahead.shift();
      if (claim === undefined) continue;
      this.#prefetch.note(this.#parts.clock.now());
      this.#fillInTime();
      return claim;
    }
    return null;
  }

  /** Claims pages ahead, so that the answer is the truth and not a guess. */
  async isEmpty(): Promise<boolean> {
    if (this.#failed !== null) throw this.#failed.error;
    if (!this.#ended && this.#ahead.length === 0) await this.#fill();
    return this.#ended || this.#ahead.length === 0;
  }

  async isFinished(): Promise<boolean> {
    return this.#ended || (await this.#parts.frontier.isFinished());
  }

  /** Hands out nothing more and gives back what was claimed ahead. */
  async end(): Promise<void> {
    this.#ended = true;
    this.#cancelTimer();
    await this.#filling?.catch(() => {});
    await this.#giveBack(this.#ahead.splice(0), 0);
  }

  /** Before the last of the pages that were claimed ahead is gone; what fails is told to who asks next. */
  #fillInTime(): void {
    if (this.#ended || this.#ahead.length * 2 >= this.#prefetch.pages - 1) return;
    this.#fill().catch((error: unknown) => {
      this.#failed = { error };
    });
  }

  /** One claim at a time; those that ask meanwhile wait for the same one. */
  #fill(): Promise<void> {
    this.#filling ??= this.#claim().finally(() => {
      this.#filling = null;
    });
    return this.#filling;
  }

  /** Until there is a page, or none may be visited now. */
  async #claim(): Promise<void> {
    const { frontier, visits, owner, rule } = this.#parts;
    for (let admitted = 0; admitted === 0 && !this.#ended; ) {
      const exceptHosts = visits.shut(rule.concurrency);
      const most = rule.delayMs > 0 ? 1 : Math.min(this.#prefetch.pages, visits.room(rule.concurrency));
      const answer = await frontier.claim({ owner, leaseMs: LEASE_MS, exceptHosts, most });
      if (answer.kind !== 'pages') {
        if (answer.kind === 'wait') this.#wakeAt(earliest(answer.retryAt, visits.opensAt()));
        else this.#ended = answer.kind !== 'finished' || this.#ended;
        return;
      }
      admitted = await this.#admit(answer.claims);
    }
  }

  /** Takes the pages that may be visited now, and answers how many; the others are settled or given back. */
  async #admit(claims: readonly Claim[]): Promise<number> {
    for (const claim of claims) this.#parts.leases.hold(claim);
    const leftOut = await this.#parts.verdicts(claims.map(({ url }) => url));
    let admitted = 0;
    const allowed: Allowed[] = [];
    for (const [index, claim] of claims.entries()) {
      const rule = await this.#ruleFor(claim, leftOut[index] ?? null);
      if (rule !== null) allowed.push({ claim, rule });
    }
    const alike = ({ claim, rule }: Allowed) => `${claim.host} ${rule.concurrency} ${rule.delayMs}`;
    for (const group of Map.groupBy(allowed, alike).values()) admitted += await this.#enter(group);
    return admitted;
  }

  /** The rule by which the page may be visited; null if it may not, and is settled. */
  async #ruleFor(claim: Claim, leftOut: UrlReason | null): Promise<HostRule | null> {
    const { robots, retries } = this.#parts;
    if (claim.attempt > retries.attempts + LOST_VISITS)
      return this.#refuse(claim, 'crash', 'Its visits never ended', false);
    if (leftOut !== null) return this.#refuse(claim, leftOut, null, false);
    const { policy, failure } = await robots.ask(claim.url);
    if (policy.kind === 'unreachable') return this.#refuse(claim, ...whyUnreachable(failure));
    if (!policy.allows(claim.url)) return this.#refuse(claim, 'robots', null, false);
    return this.#ruleUnder(policy);
  }

  /** Visits to one host under one rule. */
  async #enter([first, ...more]: readonly Allowed[]): Promise<number> {
    if (first === undefined) return 0;
    const claims: readonly [Claim, ...Claim[]] = [first.claim, ...more.map(({ claim }) => claim)];
    const { entered, retryAt } = await this.#parts.visits.enter(claims, first.rule);
    this.#ahead.push(...claims.slice(0, entered));
    await this.#giveBack(claims.slice(entered), retryAt ?? 0);
    return entered;
  }

  /** The longer of the delay asked for by the task and by the site; a site that asks for one gets one visit at a time. */
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
    const failure: FetchFailure = {
      claim,
      reason,
      detail,
      retryable,
      status: null,
      target: null,
      retryAt: null,
    };
    await this.#parts.writer.send({ kind: 'failure', failure });
    return null;
  }

  async #giveBack(claims: readonly Claim[], notBefore: number): Promise<void> {
    if (claims.length === 0) return;
    const { frontier, leases, visits } = this.#parts;
    for (const claim of claims) leases.drop(claim);
    await Promise.all(claims.map((claim) => visits.leave(claim)));
    await frontier.release(claims, notBefore);
  }

  #wakeAt(at: number | null): void {
    this.#cancelTimer();
    if (at === null) return;
    const { clock, wake } = this.#parts;
    this.#cancelTimer = clock.after(Math.max(0, at - clock.now()), wake);
  }
}

/** A host that cannot be reached at all is told as such; otherwise robots.txt alone is what is missing. */
function whyUnreachable(failure: PageError | null): readonly [UrlReason, string, boolean] {
  const told = `robots.txt could not be read, so nothing may be visited${failure ? ` (${failure.message})` : ''}`;
  if (failure !== null && HOST_FAILURES.includes(failure.reason))
    return [failure.reason, told, failure.retryable];
  return ['robots-unreachable', told, true];
}

function earliest(one: number | null, other: number | null): number | null {
  if (one === null || other === null) return one ?? other;
  return Math.min(one, other);
}
