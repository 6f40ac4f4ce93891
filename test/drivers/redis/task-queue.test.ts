import { MAX_WAITING } from '../../conformance/task-queue/harness.ts';
import { taskQueueSuite } from '../../conformance/task-queue.suite.ts';
import { SimulatedClock } from '../../support/simulated-clock.ts';
import { startHolder } from './holder.ts';
import { openQueue } from './redis-queue.ts';
import { RedisSpace, withRedis } from './redis-under-test.ts';

await withRedis('task queue: redis', (redis) => {
  taskQueueSuite('redis', async () => {
    const clock = new SimulatedClock();
    const space = new RedisSpace(redis);
    const { namespace } = space;
    const stores = openQueue(space.client, clock, { namespace, maxWaiting: MAX_WAITING });
    return {
      ...stores,
      clock,
      startHolder: () => startHolder(redis.url, namespace),
      async [Symbol.asyncDispose]() {
        await stores[Symbol.asyncDispose]();
        await space[Symbol.asyncDispose]();
      },
    };
  });
});
