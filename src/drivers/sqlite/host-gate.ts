import { randomUUID } from 'node:crypto';
import type { Clock } from '../../ports/clock.ts';
import type { GateResult, HostGate, HostRule } from '../../ports/host-gate.ts';
import type { Remote, ServiceSource } from '../system/thread-rpc.ts';
import type { SqliteFile } from './sqlite-file.ts';
import { int, type Row } from './tables/rows.ts';

/** Politeness over all processes that share the SQLite file. */
export class SqliteHostGate implements HostGate {
  readonly #table: Remote<GateTable>;
  readonly #clock: Clock;

  constructor(database: ServiceSource<'gate', GateTable>, clock: Clock) {
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

/** Visits in progress, and when each host may be visited next. */
export class GateTable {
  readonly #file: SqliteFile;

  constructor(file: SqliteFile) {
    this.#file = file;
  }

  enter(host: string, rule: HostRule, owner: string, ttlMs: number, visits: number, now: number): GateResult {
    return this.#file.transaction(() => {
      this.#file.sql('INSERT INTO gate_host (host) VALUES (?) ON CONFLICT DO NOTHING').run(host);
      const row = this.#file.sql('SELECT next_at, hold_until FROM gate_host WHERE host = ?').get(host) as Row;
      const opensAt = Math.max(int(row, 'next_at'), int(row, 'hold_until'));
      if (opensAt > now) return { kind: 'shut', retryAt: opensAt };
      const room = admissible(rule, visits, this.#open(host, now));
      if (room === 0) return { kind: 'shut', retryAt: null };
      this.#file.sql('UPDATE gate_host SET next_at = ? WHERE host = ?').run(now + rule.delayMs, host);
      return { kind: 'open', tickets: this.#admit(host, owner, now + ttlMs, room) };
    });
  }

  leave(host: string, tickets: readonly string[]): void {
    const remove = this.#file.sql('DELETE FROM gate_visit WHERE ticket = ? AND host = ?');
    this.#file.transaction(() => {
      for (const ticket of tickets) remove.run(ticket, host);
    });
  }

  holdUntil(host: string, until: number): void {
    this.#file
      .sql(`INSERT INTO gate_host (host, hold_until) VALUES (?, ?)
        ON CONFLICT (host) DO UPDATE SET hold_until = max(hold_until, excluded.hold_until)`)
      .run(host, until);
  }

  releaseOwner(owner: string): void {
    this.#file.sql('DELETE FROM gate_visit WHERE owner = ?').run(owner);
  }

  #open(host: string, now: number): number {
    this.#file.sql('DELETE FROM gate_visit WHERE host = ? AND until < ?').run(host, now);
    const row = this.#file.sql('SELECT count(*) AS visits FROM gate_visit WHERE host = ?').get(host) as Row;
    return int(row, 'visits');
  }

  #admit(host: string, owner: string, until: number, visits: number): readonly string[] {
    const insert = this.#file.sql('INSERT INTO gate_visit (ticket, host, owner, until) VALUES (?, ?, ?, ?)');
    const tickets = Array.from({ length: visits }, () => randomUUID());
    for (const ticket of tickets) insert.run(ticket, host, owner, until);
    return tickets;
  }
}

/** Visits that may start now. With a delay, they start one after another. */
function admissible({ concurrency, delayMs }: HostRule, requested: number, open: number): number {
  return Math.max(0, Math.min(delayMs > 0 ? 1 : requested, concurrency - open));
}
