import type { Clock } from '../src/ports/clock.ts';
import type { Claim } from '../src/ports/frontier.ts';
import type { HostGate, HostRule } from '../src/ports/host-gate.ts';

interface Visit {
  readonly host: string;
  readonly ticket: string;
}

/** When a host is full of other tasks' visits, it is asked again after this. */
const ASK_AGAIN_MS = 100;
/** A permission that took longer than this to arrive counts from its arrival. */
const PROMPT_MS = 5;
/** Permissions in a row that may come too late to be used: behind them the store is slow and will stay so. */
const LATE_IN_A_ROW = 3;

/** The crawl's visits that are open, per host, and the hosts that may not be visited now. */
export class HostVisits {
  readonly #gate: HostGate;
  readonly #clock: Clock;
  readonly #owner: string;
  readonly #ttlMs: number;
  readonly #visits = new Map<string, Visit>();
  readonly #open = new Map<string, number>();
  readonly #shutUntil = new Map<string, number>();
  #lateInARow = 0;

  constructor(gate: HostGate, clock: Clock, owner: string, ttlMs: number) {
    this.#gate = gate;
    this.#clock = clock;
    this.#owner = owner;
    this.#ttlMs = ttlMs;
  }

  /** Hosts that are not worth asking for. */
  shut(concurrency: number): readonly string[] {
    const now = this.#clock.now();
    for (const [host, until] of this.#shutUntil) if (until <= now) this.#shutUntil.delete(host);
    const full = [...this.#open].filter(([, visits]) => visits >= concurrency).map(([host]) => host);
    return [...new Set([...full, ...this.#shutUntil.keys()])];
  }

  /** When the next shut host opens (epoch ms); null if none is known to. */
  opensAt(): number | null {
    return this.#shutUntil.size === 0 ? null : Math.min(...this.#shutUntil.values());
  }

  /** Opens a visit; otherwise answers when to try again (epoch ms). */
  async enter(claim: Claim, rule: HostRule): Promise<number | null> {
    const askedAt = this.#clock.now();
    const answer = await this.#gate.enter(claim.host, rule, this.#owner, this.#ttlMs);
    if (answer.kind === 'shut') {
      const retryAt = answer.retryAt ?? this.#clock.now() + ASK_AGAIN_MS;
      this.#shutUntil.set(claim.host, retryAt);
      return retryAt;
    }
    if (rule.delayMs > 0 && !(await this.#mayStartNow(claim.host, rule.delayMs, askedAt))) {
      await this.#gate.leave(claim.host, answer.ticket);
      return this.#clock.now();
    }
    this.#visits.set(claim.lease, { host: claim.host, ticket: answer.ticket });
    this.#open.set(claim.host, (this.#open.get(claim.host) ?? 0) + 1);
    if (rule.delayMs > 0) this.#shutUntil.set(claim.host, this.#clock.now() + rule.delayMs);
    return null;
  }

  /**
   * The gate counts the delay from when it was asked, but the visit starts when the answer is here. One that was on its
   * way for a while holds the host from now on; one that took as long as the delay may have let another visit pass.
   */
  async #mayStartNow(host: string, delayMs: number, askedAt: number): Promise<boolean> {
    const now = this.#clock.now();
    const isTooLate = now - askedAt >= delayMs && this.#lateInARow < LATE_IN_A_ROW;
    this.#lateInARow = isTooLate ? this.#lateInARow + 1 : 0;
    if (isTooLate) return false;
    if (now - askedAt > PROMPT_MS) await this.#gate.holdUntil(host, now + delayMs);
    return true;
  }

  async leave(claim: Claim): Promise<void> {
    const visit = this.#visits.get(claim.lease);
    if (visit === undefined) return;
    this.#visits.delete(claim.lease);
    const left = (this.#open.get(visit.host) ?? 1) - 1;
    if (left > 0) this.#open.set(visit.host, left);
    else this.#open.delete(visit.host);
    await this.#gate.leave(visit.host, visit.ticket);
  }

  async hold(claim: Claim, until: number): Promise<void> {
    this.#shutUntil.set(claim.host, until);
    await this.#gate.holdUntil(claim.host, until);
  }
}
