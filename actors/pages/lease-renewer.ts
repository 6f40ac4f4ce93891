import { messageOf } from '../../src/core/errors.ts';
import type { Claim } from '../../src/model/frontier-url.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Frontier } from '../../src/ports/frontier.ts';
import type { Logger } from '../../src/ports/logger.ts';

/** How long a claim is valid without renewal, in milliseconds. */
export const LEASE_MS = 60_000;

/** Renews the leases of the pages in progress, from claim to completion. */
export class LeaseRenewer {
  readonly #frontier: Frontier;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #claims = new Map<string, Claim>();
  #cancelTimer: () => void = () => {};
  #stopped = false;

  constructor(frontier: Frontier, clock: Clock, log: Logger) {
    this.#frontier = frontier;
    this.#clock = clock;
    this.#log = log;
    this.#schedule();
  }

  /** Pages in progress. */
  get size(): number {
    return this.#claims.size;
  }

  add(claim: Claim): void {
    this.#claims.set(claim.lease, claim);
  }

  remove(claim: Claim): void {
    this.#claims.delete(claim.lease);
  }

  stop(): void {
    this.#stopped = true;
    this.#cancelTimer();
  }

  #schedule(): void {
    if (this.#stopped) return;
    this.#cancelTimer = this.#clock.after(LEASE_MS / 3, () => {
      void this.#renew().finally(() => this.#schedule());
    });
  }

  async #renew(): Promise<void> {
    if (this.#claims.size === 0) return;
    try {
      const lost = await this.#frontier.extend([...this.#claims.values()], LEASE_MS);
      if (lost.length > 0) this.#log.warn('leases were lost', { urls: lost.length });
    } catch (error) {
      this.#log.warn('leases could not be renewed', { error: messageOf(error) });
    }
  }
}
