import type { ActorRef } from '../src/core/actor/actor.ts';
import type { PageRetries } from '../src/core/crawl/outcome-of-failure.ts';
import type { PageError } from '../src/core/page-error.ts';
import type { RobotsPolicy } from '../src/core/robots/robots-policy.ts';
import type { Clock } from '../src/ports/clock.ts';
import type { FetchFailure, PageSource } from '../src/ports/fetcher.ts';
import type { Claim, Frontier } from '../src/ports/frontier.ts';
import type { HostRule } from '../src/ports/host-gate.ts';
import type { UrlReason } from '../src/ports/url-reason.ts';
import type { HostVisits } from './host-visits.ts';
import { LEASE_MS, type LeaseKeeper } from './lease-keeper.ts';
import type { RobotsKeeper } from './robots-keeper.ts';
import type { WriterMessage } from './writer.ts';

export interface PageSourceParts {
  readonly frontier: Frontier;
  readonly robots: RobotsKeeper;
  readonly visits: HostVisits;
  readonly leases: LeaseKeeper;
  readonly writer: ActorRef<WriterMessage>;
  readonly clock: Clock;
  readonly owner: string;
  readonly rule: HostRule;
  readonly retries: PageRetries;
  /** Why a URL that was found before this was known is not to be visited; null if it is. */
  readonly verdict: (url: string) => Promise<UrlReason | null>;
  /** Called when waiting pages may be due. */
  readonly wake: () => void;
}

/** A page whose visits all ended with the death of their process is given up after this many more. */
const LOST_VISITS = 2;

/** Failures of a host rather than of one document. */
const HOST_FAILURES: readonly UrlReason[] = ['dns', 'address-refused', 'connection', 'tls'];

/** Hands out the pages of a crawl: claimed, allowed by robots.txt, and let through by the host gate. */
export class CrawlPageSource implements PageSource {
  readonly #parts: PageSourceParts;
  #ahead: Claim | null = null;
  #turn: Promise<unknown> = Promise.resolve();
  #callOff: () => void = () => {};
  #ended = false;

  constructor(parts: PageSourceParts) {
    this.#parts = parts;
  }

  next(): Promise<Claim | null> {
    return this.#inTurn(async () => {
      const claim = this.#ahead ?? (await this.#claim());
      this.#ahead = null;
      return claim;
    });
  }

  /** Claims one page ahead, so that the answer is the truth and not a guess. */
  isEmpty(): Promise<boolean> {
    return this.#inTurn(async () => {
      this.#ahead ??= await this.#claim();
      return this.#ahead === null;
    });
  }

  async isFinished(): Promise<boolean> {
    return this.#ended || (await this.#parts.frontier.isFinished());
  }

  /** Hands out nothing more and gives back what was claimed ahead. */
  end(): Promise<void> {
    this.#ended = true;
    this.#callOff();
    return this.#inTurn(async () => {
      if (this.#ahead !== null) await this.#giveBack(this.#ahead, 0);
      this.#ahead = null;
    });
  }

  /** One claim at a time: two callers never compete for the page that was claimed ahead. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work);
    this.#turn = turn.catch(() => {});
    return turn;
  }

  async #claim(): Promise<Claim | null> {
    const { frontier, visits, owner, rule } = this.#parts;
    while (!this.#ended) {
      const exceptHosts = visits.shut(rule.concurrency);
      const answer = await frontier.claim({ owner, leaseMs: LEASE_MS, exceptHosts });
      if (answer.kind !== 'page') {
        if (answer.kind === 'wait') this.#wakeAt(earliest(answer.retryAt, visits.opensAt()));
        else this.#ended = answer.kind !== 'finished' || this.#ended;
        return null;
      }
      if (await this.#admit(answer.claim)) return answer.claim;
    }
    return null;
  }

  /** Whether the page may be visited now; otherwise it is settled or given back. */
  async #admit(claim: Claim): Promise<boolean> {
    const { leases, robots, visits, retries, verdict } = this.#parts;
    leases.hold(claim);
    if (claim.attempt > retries.attempts + LOST_VISITS)
      return this.#refuse(claim, 'crash', 'Its visits never ended', false);
    const leftOut = await verdict(claim.url);
    if (leftOut !== null) return this.#refuse(claim, leftOut, null, false);
    const { policy, failure } = await robots.ask(claim.url);
    if (policy.kind === 'unreachable') return this.#refuse(claim, ...whyUnreachable(failure));
    if (!policy.allows(claim.url)) return this.#refuse(claim, 'robots', null, false);
    const retryAt = await visits.enter(claim, this.#ruleUnder(policy));
    if (retryAt !== null) await this.#giveBack(claim, retryAt);
    return retryAt === null;
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
  ): Promise<false> {
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
    return false;
  }

  async #giveBack(claim: Claim, notBefore: number): Promise<void> {
    const { frontier, leases, visits } = this.#parts;
    leases.drop(claim);
    await visits.leave(claim);
    await frontier.release([claim], notBefore);
  }

  #wakeAt(at: number | null): void {
    this.#callOff();
    if (at === null) return;
    const { clock, wake } = this.#parts;
    this.#callOff = clock.after(Math.max(0, at - clock.now()), wake);
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
