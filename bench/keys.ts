import { Redis } from 'ioredis';
import { systemClock } from '../src/drivers/system/clock.ts';
import { resultOf } from '../test/conformance/task-queue/desk.ts';
import { crawlOf } from '../test/conformance/task-queue/specs.ts';
import { openQueue } from '../test/drivers/redis/redis-queue.ts';
import { RedisServer } from '../test/support/redis-server.ts';
import { until } from '../test/support/until.ts';
import { atMost, Report } from './support/report.ts';

const TASKS = 100_000;
const SUBMITTED_AT_ONCE = 50;
const WAITING = 1000;
/** BullMQ's own keys, at most three per queue, and our keys that belong to no task. */
const MAX_FIXED_KEYS = 20;
const EXPIRES_SECONDS = 2;
const EXPIRY_MS = 600_000;
const MEGABYTE = 1024 * 1024;

/** Runs N tasks through the queue and counts the keys that remain in Redis after their expiry (P7 of docs/durability.md). */
export async function keys([count = String(TASKS)]: readonly string[]): Promise<Report> {
  await using server = await RedisServer.start();
  const client = new Redis(server.url, { maxRetriesPerRequest: null });
  const options = { maxWaiting: WAITING, resultExpiresSeconds: EXPIRES_SECONDS };
  await using stores = openQueue(client, systemClock, options);
  const { queue } = stores;
  let runs = 0;
  const worker = queue.work(
    async (run) => {
      runs += 1;
      return { kind: 'completed', result: resultOf(run) };
    },
    { queues: ['crawling'], concurrency: SUBMITTED_AT_ONCE },
  );
  const start = performance.now();
  let maxKeys = 0;
  for (let submitted = 0; submitted < Number(count); submitted += SUBMITTED_AT_ONCE) {
    const batch = Array.from({ length: SUBMITTED_AT_ONCE }, (_, n) => crawlOf(`/${submitted + n}`));
    await Promise.all(batch.map((spec) => queue.submit(spec)));
    await until('the tasks have run', async () => (runs >= submitted + batch.length ? true : null), 60_000);
    maxKeys = Math.max(maxKeys, await client.dbsize());
  }
  const seconds = (performance.now() - start) / 1000;
  const left = await until(
    'the results have expired',
    async () => {
      const size = await client.dbsize();
      return size <= MAX_FIXED_KEYS ? size : null;
    },
    EXPIRY_MS,
  ).catch(() => client.dbsize());
  const bytes = Number(/^used_memory:(\d+)/m.exec(await client.info('memory'))?.[1]);
  await worker.close();
  const report = new Report(`${count} tasks through the queue, results expire after ${EXPIRES_SECONDS} s`, [
    '',
  ]);
  report.add('runs', [runs]);
  report.add('tasks per second', [Number(count) / seconds]);
  report.add('max keys', [maxKeys]);
  report.check('keys left', [left], [atMost(MAX_FIXED_KEYS)]);
  report.add('memory of Redis (MB)', [bytes / MEGABYTE]);
  client.disconnect();
  return report;
}
