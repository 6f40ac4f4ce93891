import { describe, expect, it } from 'vitest';
import { HostVisits } from '../../actors/host-visits.ts';
import { SqliteHostGate } from '../../src/drivers/sqlite/host-gate.ts';
import type { Claim } from '../../src/ports/frontier.ts';
import type { HostGate } from '../../src/ports/host-gate.ts';
import { TemporaryStorage } from '../drivers/sqlite/storage.ts';
import { SimulatedClock } from '../support/simulated-clock.ts';

const RULE = { concurrency: 2, delayMs: 200 };
const HOST = 'site.test';

describe('P20: a permission of the gate that arrives late', () => {
  it('counts from its arrival, so that the next visit keeps the whole delay', async () => {
    await using storage = await TemporaryStorage.open();
    const clock = new SimulatedClock();
    const gate = new SqliteHostGate(storage.database, clock);
    const slow = visitsOf(slowGate(gate, clock, 120), clock, 'slow');
    const other = visitsOf(gate, clock, 'other');
    expect(await slow.enter(claimOf(1), RULE)).toBeNull();
    await clock.advance(199);
    expect(await other.enter(claimOf(2), RULE)).toBe(clock.now() + 1);
    await clock.advance(1);
    expect(await other.enter(claimOf(2), RULE)).toBeNull();
  });

  it('is handed back if another visit may have passed it, unless all of them are late', async () => {
    await using storage = await TemporaryStorage.open();
    const clock = new SimulatedClock();
    const gate = new SqliteHostGate(storage.database, clock);
    const slow = visitsOf(slowGate(gate, clock, 200), clock, 'slow');
    for (const page of [1, 2, 3]) expect(await slow.enter(claimOf(page), RULE)).toBe(clock.now());
    expect(await slow.enter(claimOf(4), RULE)).toBeNull();
    expect(await slow.enter(claimOf(5), RULE)).toBeGreaterThan(clock.now());
  });
});

/** The same gate, whose permissions are so many milliseconds on their way. */
function slowGate(gate: HostGate, clock: SimulatedClock, ms: number): HostGate {
  return {
    async enter(...asked) {
      const answer = await gate.enter(...asked);
      if (answer.kind === 'open') await clock.advance(ms);
      return answer;
    },
    leave: (...args) => gate.leave(...args),
    holdUntil: (...args) => gate.holdUntil(...args),
    releaseOwner: (owner) => gate.releaseOwner(owner),
  };
}

function visitsOf(gate: HostGate, clock: SimulatedClock, owner: string): HostVisits {
  return new HostVisits(gate, clock, owner, 60_000);
}

function claimOf(page: number): Claim {
  return { url: `http://${HOST}/${page}`, host: HOST, depth: 0, attempt: 1, lease: String(page) };
}
