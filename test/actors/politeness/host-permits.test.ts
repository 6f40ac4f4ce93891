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
    const slow = permitsOf(slowGate(gate, clock, 120), clock, 'slow');
    const other = permitsOf(gate, clock, 'other');
    expect(await slow.acquire([claimOf(1)], RULE)).toMatchObject({ acquired: 1 });
    await clock.advance(199);
    expect(await other.acquire([claimOf(2)], RULE)).toEqual({ acquired: 0, retryAt: clock.now() + 1 });
    await clock.advance(1);
    expect(await other.acquire([claimOf(2)], RULE)).toMatchObject({ acquired: 1 });
  });

  it('is handed back if another visit may have passed it, unless all of them are late', async () => {
    await using storage = await TemporaryStorage.open();
    const clock = new SimulatedClock();
    const gate = new SqliteHostGate(storage.database, clock);
    const slow = permitsOf(slowGate(gate, clock, 200), clock, 'slow');
    for (const page of [1, 2, 3])
      expect(await slow.acquire([claimOf(page)], RULE)).toEqual({ acquired: 0, retryAt: clock.now() });
    expect(await slow.acquire([claimOf(4)], RULE)).toMatchObject({ acquired: 1 });
    const { acquired, retryAt } = await slow.acquire([claimOf(5)], RULE);
    expect(acquired).toBe(0);
    expect(retryAt).toBeGreaterThan(clock.now());
  });
});

describe('visits to one host', () => {
  const rule = { concurrency: 4, delayMs: 0 };

  it('are entered together, the first ones where there is no room for all', async () => {
    await using storage = await TemporaryStorage.open();
    const clock = new SimulatedClock();
    const gate = new SqliteHostGate(storage.database, clock);
    const [one, other] = [permitsOf(gate, clock, 'one'), permitsOf(gate, clock, 'other')];
    expect(await other.acquire([claimOf(1)], rule)).toEqual({ acquired: 1, retryAt: null });
    expect(one.freePermits(4)).toBe(4);
    const claims = [claimOf(2), claimOf(3), claimOf(4), claimOf(5)] as const;
    expect(await one.acquire(claims, rule)).toEqual({ acquired: 3, retryAt: clock.now() + 100 });
    expect([one.freePermits(4), one.blockedHosts(4)]).toEqual([1, [HOST]]);
  });

  it('that end at once are released in two calls: the first, then all others', async () => {
    await using storage = await TemporaryStorage.open();
    const clock = new SimulatedClock();
    const gate = new SqliteHostGate(storage.database, clock);
    const told: number[] = [];
    const permits = permitsOf(
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
    await permits.acquire(claims, rule);
    expect(permits.blockedHosts(4)).toEqual([HOST]);
    await Promise.all(claims.map((claim) => permits.release(claim)));
    expect(told).toEqual([1, 3]);
    expect([permits.blockedHosts(4), permits.freePermits(4)]).toEqual([[], 4]);
    expect(await permitsOf(gate, clock, 'other').acquire(claims, rule)).toEqual({
      acquired: 4,
      retryAt: null,
    });
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

function permitsOf(gate: HostGate, clock: SimulatedClock, owner: string): HostPermits {
  return new HostPermits(gate, clock, owner, 60_000);
}

function claimOf(page: number): Claim {
  return { url: `http://${HOST}/${page}`, host: HOST, depth: 0, attempt: 1, lease: String(page) };
}
