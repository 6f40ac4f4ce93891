import type { Clock } from '../../ports/clock.ts';
import type { GateResult, HostGate, HostRule } from '../../ports/host-gate.ts';
import type { Remote } from '../system/thread-rpc.ts';
import type { Database } from './database.ts';
import type { GateTable } from './tables/gate-table.ts';

/** Politeness over all processes that share the SQLite file. */
export class SqliteHostGate implements HostGate {
  readonly #table: Remote<GateTable>;
  readonly #clock: Clock;

  constructor(database: Database, clock: Clock) {
    this.#table = database.service('gate');
    this.#clock = clock;
  }

  enter(host: string, rule: HostRule, owner: string, ttlMs: number, visits: number): Promise<GateResult> {
    return this.#table.enter(host, rule, owner, ttlMs, visits, this.#clock.now());
  }

  leave(host: string, tickets: readonly string[]): Promise<void> {
    return this.#table.leave(host, tickets);
  }

  holdUntil(host: string, until: number): Promise<void> {
    return this.#table.holdUntil(host, until);
  }

  releaseOwner(owner: string): Promise<void> {
    return this.#table.releaseOwner(owner);
  }
}
