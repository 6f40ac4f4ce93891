import { describe, expect, it } from 'vitest';
import { RedisFrontierStore } from '../../../src/drivers/redis/frontier.ts';
import { RedisHostGate } from '../../../src/drivers/redis/host-gate.ts';
import { RedisClock } from '../../../src/drivers/redis/redis-clock.ts';
import { systemClock } from '../../../src/drivers/system/clock.ts';
import type { Clock } from '../../../src/ports/clock.ts';
import { NO_LIMITS } from '../../conformance/frontier/harness.ts';
import { claimPage, found, request } from '../../conformance/frontier/moves.ts';
import { SimulatedClock } from '../../support/simulated-clock.ts';
import { RedisSpace, withRedis } from './redis-under-test.ts';

const HOUR_MS = 3_600_000;
const DELAY_MS = 1000;
/** What the measurement of the offset and a few calls may take. */
const SLACK_MS = 2000;

/** The clock of a machine that is an hour ahead. */
const fastClock: Clock = {
  now: () => systemClock.now() + HOUR_MS,
  after: (ms, task) => systemClock.after(ms, task),
};

await withRedis('the clock of Redis', (redis) => {
  describe('a worker whose clock is an hour ahead', () => {
    it('closes a host with a delay for no longer than that', async () => {
      await using space = new RedisSpace(redis);
      using clock = await RedisClock.start(space.client, fastClock);
      using other = await RedisClock.start(space.client, systemClock);
      const rule = { concurrency: 1, delayMs: DELAY_MS };
      const fast = new RedisHostGate(space.client, clock, space.namespace);
      expect(await fast.enter('a.test', rule, 'fast', 30_000, 1)).toMatchObject({ kind: 'open' });
      const gate = new RedisHostGate(space.client, other, space.namespace);
      const entered = await gate.enter('a.test', rule, 'right', 30_000, 1);
      expect(entered).toMatchObject({ kind: 'shut', retryAt: expect.any(Number) });
      if (entered.kind !== 'shut') return;
      expect((entered.retryAt ?? 0) - other.now()).toBeLessThan(DELAY_MS + SLACK_MS);
    });

    it('does not take a page whose lease another worker holds', async () => {
      await using space = new RedisSpace(redis);
      using clock = await RedisClock.start(space.client, fastClock);
      using other = await RedisClock.start(space.client, systemClock);
      const crawl = await new RedisFrontierStore(space.client, other, space.namespace).open('c', NO_LIMITS);
      await crawl.add([found('/a')]);
      await claimPage(crawl);
      const fast = await new RedisFrontierStore(space.client, clock, space.namespace).open('c', NO_LIMITS);
      expect(await fast.claim(request())).toMatchObject({ kind: 'wait' });
    });
  });

  describe('the offset', () => {
    it('is measured again, and jitter does not move the clock', async () => {
      const machine = new SimulatedClock();
      let redisMs = machine.now() + HOUR_MS;
      const client = { time: () => Promise.resolve([Math.floor(redisMs / 1000), (redisMs % 1000) * 1000]) };
      using clock = await RedisClock.start(client, machine);
      expect(clock.now()).toBe(machine.now() + HOUR_MS);
      redisMs += 10_050;
      await machine.advance(10_000);
      expect(clock.now()).toBe(machine.now() + HOUR_MS);
      redisMs += 15_000;
      await machine.advance(10_000);
      await machine.advance(0);
      expect(clock.now()).toBe(machine.now() + HOUR_MS + 5050);
    });

    it('stays while Redis is unavailable', async () => {
      const machine = new SimulatedClock();
      let available = true;
      const client = {
        time: () =>
          available ? Promise.resolve([machine.now() / 1000 + 60, 0]) : Promise.reject(new Error('down')),
      };
      using clock = await RedisClock.start(client, machine);
      available = false;
      await machine.advance(30_000);
      expect(clock.now()).toBe(machine.now() + 60_000);
      expect(machine.timers).toBe(1);
    });
  });
});
