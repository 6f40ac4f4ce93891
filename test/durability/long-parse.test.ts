import { describe, expect, it } from 'vitest';
import { createParsePool } from '../../pools/parse/parse-pool.ts';
import { systemClock } from '../../src/drivers/system/clock.ts';
import type { RunContext } from '../../src/ports/task-queue.ts';
import { resultOf } from '../conformance/task-queue/desk.ts';
import { crawlOf, recordOf } from '../conformance/task-queue/specs.ts';
import { openQueue } from '../drivers/redis/redis-queue.ts';
import { RedisSpace, withRedis } from '../drivers/redis/redis-under-test.ts';
import { slowPage } from '../support/slow-page.ts';
import { within } from '../support/within.ts';

const LOCK_MS = 300;
const MAX_MS = 60_000;
/** Some seconds of work for parse5. */
const END_TAGS = 200_000;

await withRedis('long parsing', (redis) => {
  describe('a page whose parsing outlasts the lock of its task', () => {
    it(
      'P2: does not cost the task its lock, and the task is run once',
      async () => {
        await using space = new RedisSpace(redis);
        const { namespace } = space;
        const options = { namespace, maxWaiting: 10, lockMs: LOCK_MS, stalledCheckMs: LOCK_MS / 3 };
        await using busy = openQueue(space.client, systemClock, options);
        await using idle = openQueue(space.client, systemClock, options);
        const pool = createParsePool({ threads: 1, timeoutMs: MAX_MS });
        const ended = Promise.withResolvers<number>();
        const runs: string[] = [];
        const handle = async (run: RunContext) => {
          runs.push(run.owner);
          const begun = performance.now();
          await pool.parse(slowPage('http://site.test/', END_TAGS));
          ended.resolve(performance.now() - begun);
          return { kind: 'completed' as const, result: resultOf(run) };
        };
        const { id } = await busy.queue.submit(crawlOf('/'));
        const workers = [busy, idle].map(({ queue }) =>
          queue.work(handle, { queues: ['crawling'], concurrency: 1 }),
        );
        const parsedMs = await within('the page is parsed', ended.promise, MAX_MS);
        await Promise.all(workers.map((worker) => worker.close()));
        await pool.close();
        expect(parsedMs).toBeGreaterThan(2 * LOCK_MS);
        expect(runs).toHaveLength(1);
        expect(await recordOf(busy.queue, id)).toMatchObject({ status: 'completed', retries: 0 });
      },
      2 * MAX_MS,
    );
  });
});
