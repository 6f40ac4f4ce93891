import type { Claim } from '../../src/model/frontier-url.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { HostGate, HostRule } from '../../src/ports/host-gate.ts';

interface Visit {
  readonly host: string;
  readonly ticket: string;
}

export interface Entry {
  /** Visits that are open now. */
  readonly entered: number;
  /** When further visits may be tried (epoch ms); null: at once. */
  readonly retryAt: number | null;
}

/** When a host is full of other tasks' visits, it is asked again after this. */
const ASK_AGAIN_MS = 100;
/** A permission that took longer than this to arrive counts from its arrival. */
const PROMPT_MS = 5;
/** Permissions in a row that may come too late to be used: behind them the store is slow and will stay so. */
const LATE_IN_A_ROW = 3;

/** The crawl's visits that are open, per host, and the hosts that may not be visited now. */
export class HostPermits {
  readonly #gate: HostGate;
  readonly #clock: Clock;
  readonly #owner: string;
  readonly #ttlMs: number;
  readonly #visits = new Map<string, Visit>();
  readonly #open = new Map<string, number>();
  readonly #shutUntil = new Map<string, number>();
  readonly #left: Visit[] = [];
  #telling: Promise<void> | null = null;
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

  /** Visits for which the fullest of the hosts that are not shut has room, at least 1. */
  room(concurrency: number): number {
    const open = [...this.#open.values()].filter((visits) => visits < concurrency);
    return Math.max(1, concurrency - Math.max(0, ...open));
  }

  /** Opens visits to one host: the first of the claims, as many as it lets in now. */
  async enter(claims: readonly [Claim, ...Claim[]], rule: HostRule): Promise<Entry> {
    const [{ host }] = claims;
    const askedAt = this.#clock.now();
    const answer = await this.#gate.enter(host, rule, this.#owner, this.#ttlMs, claims.length);
    if (answer.kind === 'shut') return { entered: 0, retryAt: this.#shut(host, answer.retryAt) };
    if (rule.delayMs > 0 && !(await this.#mayStartNow(host, rule.delayMs, askedAt))) {
      await this.#gate.leave(host, answer.tickets);
      return { entered: 0, retryAt: this.#clock.now() };
    }
    const entered = this.#note(host, claims, answer.tickets);
    if (rule.delayMs > 0) return { entered, retryAt: this.#shut(host, this.#clock.now() + rule.delayMs) };
    return { entered, retryAt: entered < claims.length ? this.#shut(host, null) : null };
  }

  /** Answers when the host is worth asking for again (epoch ms). */
  #shut(host: string, until: number | null): number {
    const retryAt = until ?? this.#clock.now() + ASK_AGAIN_MS;
    this.#shutUntil.set(host, retryAt);
    return retryAt;
  }

  #note(host: string, claims: readonly Claim[], tickets: readonly string[]): number {
    for (const [index, ticket] of tickets.entries()) {
      const claim = claims[index];
      if (claim !== undefined) this.#visits.set(claim.lease, { host, ticket });
    }
    this.#open.set(host, (this.#open.get(host) ?? 0) + tickets.length);
    return tickets.length;
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

  /** Visits that end while others are being told to the gate are told together. */
  async leave(claim: Claim): Promise<void> {
    const visit = this.#visits.get(claim.lease);
    if (visit === undefined) return;
    this.#visits.delete(claim.lease);
    this.#left.push(visit);
    this.#telling ??= this.#tell().finally(() => {
      this.#telling = null;
    });
    await this.#telling;
  }

  async #tell(): Promise<void> {
    while (this.#left.length > 0) {
      const byHost = Map.groupBy(this.#left.splice(0), ({ host }) => host);
      for (const [host, visits] of byHost) await this.#tellOf(host, visits);
    }
  }

  /** The host has room once its gate knows. */
  async #tellOf(host: string, visits: readonly Visit[]): Promise<void> {
    const tickets = visits.map(({ ticket }) => ticket);
    await this.#gate.leave(host, tickets);
    const open = (this.#open.get(host) ?? 0) - tickets.length;
    if (open > 0) this.#open.set(host, open);
    else this.#open.delete(host);
  }

  async hold(claim: Claim, until: number): Promise<void> {
    this.#shutUntil.set(claim.host, until);
    await this.#gate.holdUntil(claim.host, until);
  }
}
