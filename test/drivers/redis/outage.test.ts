import { describe, expect, it } from 'vitest';
import { RedisEventLog } from '../../../src/drivers/redis/event-log.ts';
import { RedisFrontierStore } from '../../../src/drivers/redis/frontier.ts';
import { openRedis } from '../../../src/drivers/redis/open-redis.ts';
import { NO_LIMITS } from '../../conformance/frontier/harness.ts';
import { claimPage, done, found, request, retry, urlOf } from '../../conformance/frontier/moves.ts';
import { RedisServer } from '../../support/redis-server.ts';
import { SimulatedClock } from '../../support/simulated-clock.ts';
import { within } from '../../support/within.ts';
import { withOwnRedis } from './redis-under-test.ts';

await withOwnRedis('outages of Redis', () => {
  describe('a Redis that was killed and started again', () => {
    it('has lost nothing, and calls made meanwhile are answered', async () => {
      await using server = await RedisServer.start();
      const client = await openRedis(server.url, { onError: () => {} });
      const crawl = await new RedisFrontierStore(client, new SimulatedClock()).open('crawl', NO_LIMITS);
      await crawl.add([found('/a'), found('/b')]);
      const a = await claimPage(crawl);
      await server.kill();
      const completed = crawl.complete([done(a, [found('/c', 1)])]);
      const claimed = claimPage(crawl);
      await server.start();
      const { counts } = await within('the outcome is stored', completed);
      expect(counts).toMatchObject({ found: 3, done: 1 });
      expect((await within('a page is claimed', claimed)).url).toBe(urlOf('/b'));
      client.disconnect();
    });

    it('tells those who watch of what happened while they were cut off', async () => {
      await using server = await RedisServer.start();
      const [one, two] = [
        await openRedis(server.url, { onError: () => {} }),
        await openRedis(server.url, { onError: () => {} }),
      ];
      const clock = new SimulatedClock();
      await using log = new RedisEventLog(one, clock);
      await using elsewhere = new RedisEventLog(two, clock);
      let told = Promise.withResolvers<void>();
      elsewhere.watch('task', () => told.resolve());
      await log.append('task', [{ type: 'page', data: {} }]);
      await within('the watcher is told', told.promise);
      told = Promise.withResolvers<void>();
      await server.kill();
      const appended = log.append('task', [{ type: 'page', data: {} }]);
      await server.start();
      await within('the event is stored', appended);
      await within('the watcher is told after the outage', told.promise);
      one.disconnect();
      two.disconnect();
    });
  });

  describe('a Redis that is full', () => {
    it('refuses what is new with a code of its own, and open pages can still be settled', async () => {
      await using server = await RedisServer.start();
      const client = await openRedis(server.url, { onError: () => {} });
      const crawl = await new RedisFrontierStore(client, new SimulatedClock()).open('crawl', NO_LIMITS);
      await crawl.add([found('/a'), found('/b')]);
      const [a, b] = [await claimPage(crawl), await claimPage(crawl)];
      await client.config('SET', 'maxmemory', '1');
      expect(await crawl.claim(request())).toEqual({ kind: 'wait', retryAt: null });
      await expect(crawl.add([found('/c')])).rejects.toMatchObject({ code: 'redis-full' });
      expect(await crawl.counts()).toMatchObject({ found: 2, active: 2 });
      const report = await crawl.complete([done(a, [found('/d', 1)]), retry(b, 0)]);
      expect(report).toMatchObject({ lost: [], counts: { found: 3, done: 1, pending: 2 } });
      await client.config('SET', 'maxmemory', '0');
      expect(await crawl.add([found('/c')])).toMatchObject({ added: 1 });
      client.disconnect();
    });
  });
});
