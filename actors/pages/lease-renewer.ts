import { messageOf } from '../../src/core/errors.ts';
import type { Claim } from '../../src/model/frontier-url.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Frontier } from '../../src/ports/frontier.ts';
import type { Logger } from '../../src/ports/logger.ts';

/** How long a claim is ours without being prolonged, in milliseconds. */
export const LEASE_MS = 60_000;

/** Prolongs the leases of the pages that are being worked on, from claim to completion. */
export class LeaseRenewer {
  readonly #frontier: Frontier;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #held = new Map<string, Claim>();
  #cancelTimer: () => void = () => {};
  #stopped = false;

  constructor(frontier: Frontier, clock: Clock, log: Logger) {
    this.#frontier = frontier;
    this.#clock = clock;
    this.#log = log;
    this.#schedule();
  }

  /** Pages that are being worked on. */
  get size(): number {
    return this.#held.size;
  }

  hold(claim: Claim): void {
    this.#held.set(claim.lease, claim);
  }

  drop(claim: Claim): void {
    this.#held.delete(claim.lease);
  }

  stop(): void {
    this.#stopped = true;
    this.#cancelTimer();
  }

  #schedule(): void {
    if (this.#stopped) return;
    this.#cancelTimer = this.#clock.after(LEASE_MS / 3, () => {
      void this.#extend().finally(() => this.#schedule());
    });
  }

  async #extend(): Promise<void> {
    if (this.#held.size === 0) return;
    try {
      const lost = await this.#frontier.extend([...this.#held.values()], LEASE_MS);
      if (lost.length > 0) this.#log.warn('leases were lost', { urls: lost.length });
    } catch (error) {
      this.#log.warn('leases could not be prolonged', { error: messageOf(error) });
    }
  }
}
