import { Cluster, Redis } from 'ioredis';
import { describe, expect, it } from 'vitest';
import { RedisEventLog } from '../../../src/drivers/redis/event-log.ts';
import { RedisFrontierStore } from '../../../src/drivers/redis/frontier.ts';
import { RedisHostGate } from '../../../src/drivers/redis/host-gate.ts';
import { NO_LIMITS } from '../../conformance/frontier/harness.ts';
import { claimAll, found, ledgerOf, urlOf } from '../../conformance/frontier/moves.ts';
import { Desk, workAt } from '../../conformance/task-queue/desk.ts';
import { crawlOf, recordWhen } from '../../conformance/task-queue/specs.ts';
import { RedisServer } from '../../support/redis-server.ts';
import { SimulatedClock } from '../../support/simulated-clock.ts';
import { within } from '../../support/within.ts';
import { openQueue } from './redis-queue.ts';
import { withOwnRedis } from './redis-under-test.ts';

const SLOTS = 16_384;

/** A cluster of one node that has every slot. */
async function startCluster(): Promise<RedisServer> {
  const server = await RedisServer.start({ 'cluster-enabled': 'yes', 'cluster-announce-ip': '127.0.0.1' });
  const client = new Redis(server.url);
  await client.call('CLUSTER', 'ADDSLOTSRANGE', 0, SLOTS - 1);
  const ready = async () => {
    while (!String(await client.call('CLUSTER', 'INFO')).includes('cluster_state:ok'));
  };
  await within('the cluster is ready', ready());
  await client.quit();
  return server;
}

await withOwnRedis('a cluster of Redis', () => {
  describe('a cluster of Redis', () => {
    it('holds crawls, the gate and events', async () => {
      await using server = await startCluster();
      const cluster = new Cluster([{ host: '127.0.0.1', port: server.port }]);
      const clock = new SimulatedClock();
      const store = new RedisFrontierStore(cluster, clock);
      const crawl = await store.open('crawl', NO_LIMITS);
      await crawl.add([found('/a'), found('/b')]);
      expect(await claimAll(crawl)).toEqual([urlOf('/a'), urlOf('/b')]);
      expect(await ledgerOf(crawl)).toHaveLength(2);
      await store.drop('crawl');
      const gate = new RedisHostGate(cluster, clock);
      const rule = { concurrency: 1, delayMs: 10 };
      expect((await gate.enter('a.test', rule, 'one', 1000, 1)).kind).toBe('open');
      expect((await gate.enter('a.test', rule, 'one', 1000, 1)).kind).toBe('shut');
      await using log = new RedisEventLog(cluster, clock);
      const told = new Promise<void>((resolve) => log.watch('task', resolve));
      await using other = new RedisEventLog(cluster, clock);
      await other.append('task', [{ type: 'page', data: { n: 1 } }]);
      await within('the watcher is told', told);
      expect(await log.read('task', null, 10)).toMatchObject([{ id: '1', data: { n: 1 } }]);
      cluster.disconnect();
    });

    it('holds tasks', async () => {
      await using server = await startCluster();
      const cluster = new Cluster([{ host: '127.0.0.1', port: server.port }], {
        redisOptions: { maxRetriesPerRequest: null },
      });
      {
        await using stores = openQueue(cluster, new SimulatedClock(), { maxWaiting: 5 });
        const { queue } = stores;
        const { id } = await queue.submit(crawlOf('/a'), { idempotencyKey: 'k' });
        const desk = new Desk();
        await using worker = workAt(desk, queue);
        await (await desk.next()).context.report({ progress: 30, message: 'Crawling' });
        await queue.pause(id);
        await queue.resume(id);
        worker.wake();
        (await desk.next()).complete();
        await recordWhen('the task is completed', queue, id, ({ status }) => status === 'completed');
      }
      cluster.disconnect();
    });
  });
});
