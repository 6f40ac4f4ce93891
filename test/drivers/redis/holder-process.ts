/**
 * Run as `node holder-process.ts URL NAMESPACE LOCK_MS`: takes a task of the queue `crawling`, claims the first page of its
 * crawl, and never ends it.
 */
import { Redis } from 'ioredis';
import { systemClock } from '../../../src/drivers/system/clock.ts';
import type { RunContext, RunEnd } from '../../../src/ports/task-queue.ts';
import { openQueue } from './redis-queue.ts';

const [url = '', namespace = '', lockMs = ''] = process.argv.slice(2);
const client = new Redis(url, { maxRetriesPerRequest: null });
const { queue, frontiers } = openQueue(client, systemClock, {
  namespace,
  maxWaiting: 1,
  lockMs: Number(lockMs),
});

async function hold({ task, owner }: RunContext): Promise<RunEnd> {
  const frontier = await frontiers.open(task.id, { maxPages: null, maxUrls: 100, maxDepth: null });
  const page = 'http://site.test/';
  await frontier.add([{ url: page, host: 'site.test', depth: 0, by: 'seed', foundOn: null }]);
  await frontier.claim({ owner, leaseMs: 3_600_000, exceptHosts: [], limit: 1 });
  process.stdout.write('taken\n');
  return new Promise(() => {});
}

queue.work(hold, { queues: ['crawling'], concurrency: 1 });
