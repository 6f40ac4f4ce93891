import { describe, expect, it } from 'vitest';
import { RedisEventLog } from '../../../src/drivers/redis/event-log.ts';
import { RedisFrontierStore } from '../../../src/drivers/redis/frontier.ts';
import { openRedis } from '../../../src/drivers/redis/open-redis.ts';
import { systemClock } from '../../../src/drivers/system/clock.ts';
import { NO_LIMITS } from '../../conformance/frontier/harness.ts';
import { claimPage, done, found, request, retry, urlOf } from '../../conformance/frontier/moves.ts';
import { Desk, workAt } from '../../conformance/task-queue/desk.ts';
import { crawlOf, recordWhen } from '../../conformance/task-queue/specs.ts';
import { RedisServer } from '../../support/redis-server.ts';
import { SimulatedClock } from '../../support/simulated-clock.ts';
import { within } from '../../support/within.ts';
import { openQueue } from './redis-queue.ts';
import { withOwnRedis } from './redis-under-test.ts';

await withOwnRedis('outages of Redis', () => {
  describe('a Redis that was killed and started again', () => {
    it('has lost nothing, and calls made meanwhile resolve', async () => {
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

    it('notifies those who watch of what happened while they were cut off', async () => {
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

  describe('P26: workers whose Redis was killed and started again', () => {
    it('go on by themselves: no run is lost or doubled, and what waits is begun', async () => {
      await using server = await RedisServer.start({ appendfsync: 'always' });
      const clients = [
        await openRedis(server.url, { onError: () => {} }),
        await openRedis(server.url, { onError: () => {} }),
      ] as const;
      const options = { maxWaiting: 10, lockMs: 2000, stalledCheckMs: 500 };
      await using one = openQueue(clients[0], systemClock, options);
      await using two = openQueue(clients[1], systemClock, options);
      const desk = new Desk();
      await using _first = workAt(desk, one.queue);
      const { id } = await one.queue.submit(crawlOf('/a'));
      const run = await desk.next();
      await using _second = workAt(desk, two.queue);
      await server.kill();
      const submitted = two.queue.submit(crawlOf('/b'));
      const reported = run.context.report({ progress: 40, message: 'during the outage' });
      await outlast(options.lockMs * 1.5);
      await server.start();
      await within('the report is stored', reported);
      const next = await submitted;
      const another = await desk.next();
      expect(another.context.task.id).toBe(next.id);
      run.complete();
      another.complete();
      for (const task of [id, next.id]) {
        const ended = await recordWhen(
          'it is completed',
          one.queue,
          task,
          ({ status }) => status === 'completed',
        );
        expect(ended.retries).toBe(0);
      }
      expect(run.context.signal.aborted).toBe(false);
      expect(desk.begun).toBe(0);
      await one.queue[Symbol.asyncDispose]();
      await two.queue[Symbol.asyncDispose]();
      for (const client of clients) client.disconnect();
    });
  });

  describe('a Redis that is full', () => {
    it('refuses what is new with a code of its own, and pages in progress can still be completed', async () => {
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

/** Lets real time pass: leases in Redis are measured by its own clock, which nobody can set. */
function outlast(ms: number): Promise<void> {
  return new Promise((resolve) => systemClock.after(ms, resolve));
}
