import { describe, expect, it } from 'vitest';
import { HostPermits } from '../../../actors/politeness/host-permits.ts';
import { SqliteHostGate } from '../../../src/drivers/sqlite/host-gate.ts';
import type { Claim } from '../../../src/model/frontier-url.ts';
import type { HostGate } from '../../../src/ports/host-gate.ts';
import { TemporaryStorage } from '../../drivers/sqlite/storage.ts';
import { SimulatedClock } from '../../support/simulated-clock.ts';

const RULE = { concurrency: 2, delayMs: 200 };
const HOST = 'site.test';

describe('P20: a permission of the gate that arrives late', () => {
  it('counts from its arrival, so that the next visit keeps the whole delay', async () => {
    await using storage = await TemporaryStorage.open();
    const clock = new SimulatedClock();
    const gate = new SqliteHostGate(storage.database, clock);
    const slow = visitsOf(slowGate(gate, clock, 120), clock, 'slow');
    const other = visitsOf(gate, clock, 'other');
    expect(await slow.enter([claimOf(1)], RULE)).toMatchObject({ entered: 1 });
    await clock.advance(199);
    expect(await other.enter([claimOf(2)], RULE)).toEqual({ entered: 0, retryAt: clock.now() + 1 });
    await clock.advance(1);
    expect(await other.enter([claimOf(2)], RULE)).toMatchObject({ entered: 1 });
  });

  it('is handed back if another visit may have passed it, unless all of them are late', async () => {
    await using storage = await TemporaryStorage.open();
    const clock = new SimulatedClock();
    const gate = new SqliteHostGate(storage.database, clock);
    const slow = visitsOf(slowGate(gate, clock, 200), clock, 'slow');
    for (const page of [1, 2, 3])
      expect(await slow.enter([claimOf(page)], RULE)).toEqual({ entered: 0, retryAt: clock.now() });
    expect(await slow.enter([claimOf(4)], RULE)).toMatchObject({ entered: 1 });
    const { entered, retryAt } = await slow.enter([claimOf(5)], RULE);
    expect(entered).toBe(0);
    expect(retryAt).toBeGreaterThan(clock.now());
  });
});

describe('visits to one host', () => {
  const rule = { concurrency: 4, delayMs: 0 };

  it('are entered together, the first ones where there is no room for all', async () => {
    await using storage = await TemporaryStorage.open();
    const clock = new SimulatedClock();
    const gate = new SqliteHostGate(storage.database, clock);
    const [one, other] = [visitsOf(gate, clock, 'one'), visitsOf(gate, clock, 'other')];
    expect(await other.enter([claimOf(1)], rule)).toEqual({ entered: 1, retryAt: null });
    expect(one.room(4)).toBe(4);
    const claims = [claimOf(2), claimOf(3), claimOf(4), claimOf(5)] as const;
    expect(await one.enter(claims, rule)).toEqual({ entered: 3, retryAt: clock.now() + 100 });
    expect([one.room(4), one.shut(4)]).toEqual([1, [HOST]]);
  });

  it('that end at once are told to the gate in two steps: the first, then all others', async () => {
    await using storage = await TemporaryStorage.open();
    const clock = new SimulatedClock();
    const gate = new SqliteHostGate(storage.database, clock);
    const told: number[] = [];
    const visits = visitsOf(
      {
        enter: (...asked) => gate.enter(...asked),
        leave: (host, tickets) => {
          told.push(tickets.length);
          return gate.leave(host, tickets);
        },
        holdUntil: (...args) => gate.holdUntil(...args),
        releaseOwner: (owner) => gate.releaseOwner(owner),
      },
      clock,
      'one',
    );
    const claims = [claimOf(1), claimOf(2), claimOf(3), claimOf(4)] as const;
    await visits.enter(claims, rule);
    expect(visits.shut(4)).toEqual([HOST]);
    await Promise.all(claims.map((claim) => visits.leave(claim)));
    expect(told).toEqual([1, 3]);
    expect([visits.shut(4), visits.room(4)]).toEqual([[], 4]);
    expect(await visitsOf(gate, clock, 'other').enter(claims, rule)).toEqual({ entered: 4, retryAt: null });
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

function visitsOf(gate: HostGate, clock: SimulatedClock, owner: string): HostPermits {
  return new HostPermits(gate, clock, owner, 60_000);
}

function claimOf(page: number): Claim {
  return { url: `http://${HOST}/${page}`, host: HOST, depth: 0, attempt: 1, lease: String(page) };
}
