import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TaskView } from '../../src/api/tasks/task-view.ts';
import { withOwnRedis } from '../drivers/redis/redis-under-test.ts';
import { Deployment } from '../support/deployment/deployment.ts';
import { readEvents, type StreamedEvent } from '../support/deployment/read-events.ts';
import { type Handler, reply, startSite } from '../support/fixture-site.ts';
import { SeededRandom } from '../support/seeded-random.ts';
import { slowSite, subjectPages, subjectPath } from '../support/slow-site.ts';

const MINUTE = 60_000;
const WORKERS = 3;
/** Between the moment when a visit is let in and the one when it reaches a busy server. */
const ARRIVAL_GRAIN_MS = 120;

await withOwnRedis('several workers', () => {
  describe('several workers', { timeout: 2 * MINUTE }, () => {
    let deployment: Deployment;
    beforeAll(async () => {
      deployment = await Deployment.start({
        workers: WORKERS,
        settings: { RETRY_DELAY_SECONDS: '0', MAX_RETRIES: '2' },
      });
    }, 2 * MINUTE);
    afterAll(() => deployment?.[Symbol.asyncDispose]());

    it('P1: counts add up at every read, and a site whose pages fail at random is crawled to an end', async () => {
      const pages = 150;
      await using site = await startSite(flaky(pages));
      const { client } = deployment;
      const id = await client.crawl(site.url('/'));
      const reads: TaskView['counts'][] = [];
      const task = await client.taskWhen(
        'the crawl ends',
        id,
        ({ status, counts }) => {
          reads.push(counts);
          return status !== 'pending' && status !== 'in_progress';
        },
        MINUTE,
      );
      expect(task.status).toBe('completed');
      expect(reads.length).toBeGreaterThan(5);
      for (const { found, done, failed, skipped, pending, active } of reads) {
        expect(done + failed + skipped + pending + active).toBe(found);
      }
      const ledger = await client.ledger(id);
      const failed = ledger.filter(({ state }) => state === 'failed');
      expect(failed.length).toBeGreaterThan(0);
      expect(failed.filter(({ reason, attempts }) => reason === null || attempts !== 3)).toEqual([]);
      expect(task.counts).toMatchObject({
        found: ledger.length,
        failed: failed.length,
        pending: 0,
        active: 0,
      });
      expect((await client.pages(id)).length).toBe(task.counts.done);
    });

    it('P20: a limit of 2 at once and a delay of 200 ms hold over all workers and both tasks', async () => {
      const [limit, delayMs, pages] = [2, 200, 12];
      const open = { now: 0, max: 0 };
      await using site = await startSite(counted(pages, 300, open));
      const { client } = deployment;
      const options = { host_concurrency: limit, host_delay_ms: delayMs };
      const ids = [await client.crawl(site.url('/'), options), await client.crawl(site.url('/'), options)];
      for (const id of ids) expect((await client.ended(id, MINUTE)).counts.done).toBe(pages);
      const starts = site.log.filter(({ path }) => path !== '/robots.txt').map(({ at }) => at);
      expect(starts).toHaveLength(2 * pages);
      expect(open.max).toBe(limit);
      const gaps = starts.slice(1).map((at, n) => at - (starts[n] ?? 0));
      for (const gap of gaps) expect(gap).toBeGreaterThanOrEqual(delayMs - ARRIVAL_GRAIN_MS);
      const span = (starts.at(-1) ?? 0) - (starts[0] ?? 0);
      expect(span).toBeGreaterThanOrEqual(gaps.length * delayMs - ARRIVAL_GRAIN_MS);
    });

    it('P28: what is shown of tasks outlives the API, and a stream goes on where it broke off', async () => {
      const pages = 60;
      await using site = await slowSite(pages, 50);
      const { client, api } = deployment;
      const id = await client.crawl(site.url('/'));
      const before = await readEvents(client.origin, id, '', (events) => pagesOf(events).length >= 20);
      await api.kill();
      await api.start();
      const lastId = before.at(-1)?.id ?? '';
      const after = await readEvents(client.origin, id, lastId, (events) => endOf(events) !== undefined);
      expect(endOf(after)).toMatchObject({ data: { status: 'completed' } });
      const told = [...pagesOf(before), ...pagesOf(after)];
      expect(new Set(told)).toEqual(
        new Set(Array.from({ length: pages }, (_, n) => site.url(subjectPath(n)))),
      );
      expect(told).toHaveLength(pages);
      const shown = await client.task(id);
      await api.kill();
      await api.start();
      expect(await client.task(id)).toEqual(shown);
      expect(shown).toMatchObject({ status: 'completed', counts: { done: pages } });
    });
  });
});

function pagesOf(events: readonly StreamedEvent[]): readonly unknown[] {
  return events.filter(({ event }) => event === 'page').map(({ data }) => data['url']);
}

function endOf(events: readonly StreamedEvent[]): StreamedEvent | undefined {
  return events.find(({ event, data }) => event === 'status' && data['status'] === 'completed');
}

/** A site whose pages 33, 73, 133, … always fail, and of whose other responses a fifth are errors or broken connections. */
function flaky(count: number): Handler {
  const random = new SeededRandom(7);
  const pages = subjectPages(count, 0);
  return async (request, response) => {
    const path = request.url ?? '/';
    const page = pages[path];
    const fate = path === '/' ? 1 : random.next();
    if (page === undefined) return reply(response, { status: 404 });
    if (/[37]3\/notes$/.test(path) || fate < 0.1) return reply(response, { status: 500 });
    if (fate < 0.2) response.destroy();
    else await reply(response, page);
  };
}

/** Serves pages late and counts how many are open at once. */
function counted(count: number, delayMs: number, open: { now: number; max: number }): Handler {
  const pages = subjectPages(count, delayMs);
  return async (request, response) => {
    const page = pages[request.url ?? ''];
    if (page === undefined) return reply(response, { status: 404 });
    open.now += 1;
    open.max = Math.max(open.max, open.now);
    await reply(response, page);
    open.now -= 1;
  };
}
