import { describe, expect, it } from 'vitest';
import { FIRST_WEBHOOK_STATE } from '../../../src/core/webhooks/webhook-outcome.ts';
import { RedisWebhookOutbox } from '../../../src/drivers/redis/webhook-outbox.ts';
import { webhookOutboxSuite } from '../../conformance/webhook-outbox.suite.ts';
import { SimulatedClock } from '../../support/simulated-clock.ts';
import { RedisSpace, withRedis } from './redis-under-test.ts';

await withRedis('webhook outbox: redis', (redis) => {
  const outboxOf = (space: RedisSpace, clock: SimulatedClock) =>
    new RedisWebhookOutbox(space.client, clock, { namespace: space.namespace, keptSeconds: 60 });

  webhookOutboxSuite('redis', async () => {
    const clock = new SimulatedClock();
    const space = new RedisSpace(redis);
    return {
      outbox: outboxOf(space, clock),
      clock,
      [Symbol.asyncDispose]: () => space[Symbol.asyncDispose](),
    };
  });

  describe('keys', () => {
    it('of a task whose webhooks are all sent vanish', async () => {
      await using space = new RedisSpace(redis);
      const clock = new SimulatedClock();
      const outbox = outboxOf(space, clock);
      await outbox.enqueue('a');
      expect(await space.keys()).toHaveLength(2);
      const [turn] = await outbox.claim(30_000, 1);
      if (turn === undefined) throw new Error('the task should be due');
      await outbox.update(turn, { state: FIRST_WEBHOOK_STATE, dueAt: null, keep: false });
      const [key, ...more] = await space.keys();
      expect(more).toEqual([]);
      expect(await space.client.pttl(key ?? '')).toBeGreaterThan(50_000);
      await outbox.enqueue('a');
      expect(await space.client.pttl(key ?? '')).toBe(-1);
    });
  });
});
