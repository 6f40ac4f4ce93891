import { describe, expect, it } from 'vitest';
import { withOwnRedis } from '../drivers/redis/redis-under-test.ts';
import { SharedRedis } from '../support/shared-redis.ts';
import { slowSite } from '../support/slow-site.ts';
import { until } from '../support/until.ts';

const MINUTE = 60_000;
const PAGES = 40;
/** Deadline of a negative response, with room for a busy machine. */
const ANSWER_MS = 4000;
/** Maximum time until the crawl continues after the return of Redis. */
const RECOVERY_MS = 10_000;

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

await withOwnRedis('a service whose Redis goes away', () => {
  describe('a service whose Redis goes away', { timeout: 4 * MINUTE }, () => {
    it('P26: reports it at once, and continues when Redis is back', async () => {
      await using place = await SharedRedis.open();
      await using site = await slowSite(PAGES, 100);
      const client = await place.serve({ SERVE_WORKERS: '1' });
      const get = async (path: string): Promise<Answer> => {
        const response = await fetch(client.origin + path, { signal: AbortSignal.timeout(ANSWER_MS) });
        return { status: response.status, body: await response.json() };
      };
      const id = await client.crawl(site.url('/'), { host_concurrency: 4, depth: 10 });
      await site.requested(() => site.log.length > 10, MINUTE);
      await place.redis.kill();

      expect(await get('/ready')).toEqual({
        status: 503,
        body: {
          ready: false,
          checks: [
            { name: 'redis', ok: false, detail: 'It is unavailable.' },
            { name: 'store', ok: true, detail: null },
          ],
        },
      });
      expect(await get('/health')).toMatchObject({ status: 200 });
      for (const path of [`/api/v1/tasks/${id}`, '/api/v1/tasks', `/api/v1/tasks/${id}/ledger`]) {
        expect(await get(path)).toMatchObject({
          status: 503,
          body: { code: 'redis-unreachable', retryable: true },
        });
      }

      await place.redis.start();
      const visits = site.log.length;
      const ready = async () => ((await client.ready()) === 200 ? true : null);
      expect(await until('the service is ready', ready, RECOVERY_MS)).toBe(true);
      await site.requested(() => site.log.length > visits, RECOVERY_MS);
      expect(await client.ended(id)).toMatchObject({
        status: 'completed',
        counts: { done: PAGES, failed: 0, pending: 0, active: 0 },
      });
    });

    it('exits on SIGTERM, although it cannot release its tasks', async () => {
      await using place = await SharedRedis.open();
      await using site = await slowSite(PAGES, 200);
      const client = await place.serve();
      const worker = await place.worker([], { DRAIN_SECONDS: '2' });
      await client.crawl(site.url('/'), { depth: 10 });
      await site.requested(({ path }) => path !== '/robots.txt', MINUTE);
      await place.redis.kill();
      worker.child.kill('SIGTERM');
      const { code, stderr } = await worker.ended;
      expect(code).toBe(1);
      expect(stderr).toContain('when the leases expire');
    });
  });
});
