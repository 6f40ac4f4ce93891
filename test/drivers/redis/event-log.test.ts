import { RedisEventLog } from '../../../src/drivers/redis/event-log.ts';
import { eventLogSuite } from '../../conformance/event-log.suite.ts';
import { SimulatedClock } from '../../support/simulated-clock.ts';
import { RedisSpace, withRedis } from './redis-under-test.ts';

await withRedis('event log: redis', (redis) => {
  eventLogSuite('redis', async () => {
    const clock = new SimulatedClock();
    const space = new RedisSpace(redis);
    const log = new RedisEventLog(space.client, clock, space.namespace);
    const elsewhere = new RedisEventLog(space.client, clock, space.namespace);
    return {
      log,
      elsewhere,
      clock,
      async [Symbol.asyncDispose]() {
        await log[Symbol.asyncDispose]();
        await elsewhere[Symbol.asyncDispose]();
        await space[Symbol.asyncDispose]();
      },
    };
  });
});
