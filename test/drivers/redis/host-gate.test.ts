import { describe, expect, it } from 'vitest';
import { RedisHostGate } from '../../../src/drivers/redis/host-gate.ts';
import { hostGateSuite } from '../../conformance/host-gate.suite.ts';
import { SimulatedClock } from '../../support/simulated-clock.ts';
import { RedisSpace, withRedis } from './redis-under-test.ts';

await withRedis('host gate: redis', (redis) => {
  hostGateSuite('redis', async () => {
    const clock = new SimulatedClock();
    const space = new RedisSpace(redis);
    return {
      gate: new RedisHostGate(space.client, clock, space.namespace),
      clock,
      [Symbol.asyncDispose]: () => space[Symbol.asyncDispose](),
    };
  });

  describe('keys', () => {
    it('of the gate vanish by themselves', async () => {
      await using space = new RedisSpace(redis);
      const clock = new SimulatedClock();
      const gate = new RedisHostGate(space.client, clock, space.namespace);
      await gate.enter('a.test', { concurrency: 1, delayMs: 3000 }, 'one', 30_000, 1);
      await gate.holdUntil('b.test', clock.now() + 10_000);
      const keys = await space.keys();
      expect(keys).toHaveLength(4);
      for (const key of keys) expect(await space.client.pttl(key)).toBeGreaterThan(3000);
    });
  });
});
