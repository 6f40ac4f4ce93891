import type { Claim } from '../../src/model/frontier-url.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { HostGate, HostRule } from '../../src/ports/host-gate.ts';

interface Permit {
  readonly host: string;
  readonly ticket: string;
}

export interface AcquireResult {
  /** Permits that were acquired: for the first claims, in their order. */
  readonly acquired: number;
  /** When the other claims may be tried again (epoch ms); null: at once. */
  readonly retryAt: number | null;
}

/** When other tasks hold all permits of a host, it is tried again after this. */
const RETRY_MS = 100;
/** A permit that took longer than this to arrive counts from its arrival. */
const PROMPT_MS = 5;
/** Permits in a row that may arrive too late to be used: after them the store is slow and will stay so. */
const MAX_LATE_IN_A_ROW = 3;

/** The permits of the host gate that this crawl holds, and the hosts that may not be visited now. */
export class HostPermits {
  readonly #gate: HostGate;
  readonly #clock: Clock;
  readonly #owner: string;
  readonly #ttlMs: number;
  /** By the lease of the claim that each permit was acquired for. */
  readonly #permits = new Map<string, Permit>();
  /** Permits held, by host. */
  readonly #held = new Map<string, number>();
  readonly #blockedUntil = new Map<string, number>();
  readonly #toRelease: Permit[] = [];
  #releasing: Promise<void> | null = null;
  #lateInARow = 0;

  constructor(gate: HostGate, clock: Clock, owner: string, ttlMs: number) {
    this.#gate = gate;
    this.#clock = clock;
    this.#owner = owner;
    this.#ttlMs = ttlMs;
  }

  /** Hosts that have no free permit now. */
  blockedHosts(concurrency: number): readonly string[] {
    const now = this.#clock.now();
    for (const [host, until] of this.#blockedUntil) if (until <= now) this.#blockedUntil.delete(host);
    const full = [...this.#held].filter(([, permits]) => permits >= concurrency).map(([host]) => host);
    return [...new Set([...full, ...this.#blockedUntil.keys()])];
  }

  /** When the next blocked host opens (epoch ms); null if no time is known. */
  nextOpenAt(): number | null {
    return this.#blockedUntil.size === 0 ? null : Math.min(...this.#blockedUntil.values());
  }

  /** Free permits of the busiest host that is not full, at least 1. */
  freePermits(concurrency: number): number {
    const held = [...this.#held.values()].filter((permits) => permits < concurrency);
    return Math.max(1, concurrency - Math.max(0, ...held));
  }

  /** Acquires permits for claims of one host, as many as the gate allows now. */
  async acquire(claims: readonly [Claim, ...Claim[]], rule: HostRule): Promise<AcquireResult> {
    const [{ host }] = claims;
    const requestedAt = this.#clock.now();
    const result = await this.#gate.enter(host, rule, this.#owner, this.#ttlMs, claims.length);
    if (result.kind === 'shut') return { acquired: 0, retryAt: this.#block(host, result.retryAt) };
    if (rule.delayMs > 0 && !(await this.#mayStartNow(host, rule.delayMs, requestedAt))) {
      await this.#gate.leave(host, result.tickets);
      return { acquired: 0, retryAt: this.#clock.now() };
    }
    const acquired = this.#hold(host, claims, result.tickets);
    if (rule.delayMs > 0) return { acquired, retryAt: this.#block(host, this.#clock.now() + rule.delayMs) };
    return { acquired, retryAt: acquired < claims.length ? this.#block(host, null) : null };
  }

  /** Releases the permit of a claim. Permits that are released while a call to the gate runs go into the next call. */
  async release(claim: Claim): Promise<void> {
    const permit = this.#permits.get(claim.lease);
    if (permit === undefined) return;
    this.#permits.delete(claim.lease);
    this.#toRelease.push(permit);
    this.#releasing ??= this.#releaseAll().finally(() => {
      this.#releasing = null;
    });
    await this.#releasing;
  }

  /** Blocks a host for all crawls, for example because of `Retry-After`. */
  async blockUntil(host: string, until: number): Promise<void> {
    this.#blockedUntil.set(host, until);
    await this.#gate.holdUntil(host, until);
  }

  /** Returns when the host is worth another try (epoch ms). */
  #block(host: string, until: number | null): number {
    const retryAt = until ?? this.#clock.now() + RETRY_MS;
    this.#blockedUntil.set(host, retryAt);
    return retryAt;
  }

  #hold(host: string, claims: readonly Claim[], tickets: readonly string[]): number {
    for (const [index, ticket] of tickets.entries()) {
      const claim = claims[index];
      if (claim !== undefined) this.#permits.set(claim.lease, { host, ticket });
    }
    this.#held.set(host, (this.#held.get(host) ?? 0) + tickets.length);
    return tickets.length;
  }

  /**
   * The gate counts the delay from the request, but the visit starts when the permit arrives. A permit that was on its way
   * for a while blocks the host from now on; one that took as long as the delay may have let another visit pass.
   */
  async #mayStartNow(host: string, delayMs: number, requestedAt: number): Promise<boolean> {
    const now = this.#clock.now();
    const isTooLate = now - requestedAt >= delayMs && this.#lateInARow < MAX_LATE_IN_A_ROW;
    this.#lateInARow = isTooLate ? this.#lateInARow + 1 : 0;
    if (isTooLate) return false;
    if (now - requestedAt > PROMPT_MS) await this.#gate.holdUntil(host, now + delayMs);
    return true;
  }

  async #releaseAll(): Promise<void> {
    while (this.#toRelease.length > 0) {
      const byHost = Map.groupBy(this.#toRelease.splice(0), ({ host }) => host);
      for (const [host, permits] of byHost) await this.#releaseOf(host, permits);
    }
  }

  /** A permit counts as held until the gate has released it. */
  async #releaseOf(host: string, permits: readonly Permit[]): Promise<void> {
    const tickets = permits.map(({ ticket }) => ticket);
    await this.#gate.leave(host, tickets);
    const held = (this.#held.get(host) ?? 0) - tickets.length;
    if (held > 0) this.#held.set(host, held);
    else this.#held.delete(host);
  }
}
