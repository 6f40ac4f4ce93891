import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { taskEnd } from '../../src/app/follow-task.ts';
import { Service } from '../../src/app/service.ts';
import { STAGES } from '../../src/core/crawl/progress.ts';
import { parseSettings } from '../../src/core/settings.ts';
import { createLogger } from '../../src/drivers/system/logger.ts';
import type { TaskRecord } from '../../src/model/task.ts';
import { RedisSpace, type RedisUnderTest, withRedis } from '../drivers/redis/redis-under-test.ts';
import { crawlOptions } from '../support/crawled.ts';
import { reply, type Site, startSite } from '../support/fixture-site.ts';
import { generatedPath } from '../support/generated-site.ts';
import { tempDir } from '../support/temp-dir.ts';
import { within } from '../support/within.ts';

const PAGES = 60;
const SLOW_MS = 150;
/** Pages that one process has open at once. */
const OPEN_EACH = 2;
const NEVER = new AbortController().signal;
const program = fileURLToPath(new URL('./worker-process.ts', import.meta.url));

/**
 * A wide site whose pages are served slowly, and but for the first not before more are open at once than one process
 * may have.
 */
async function slowSite(): Promise<Site> {
  const paths = Array.from({ length: PAGES }, (_, n) => generatedPath(n));
  const links = paths.map((path) => `<a href="${path}">${path}</a>`).join(' ');
  const bothAreHere = Promise.withResolvers<void>();
  const site = await startSite(async (request, response) => {
    const n = paths.indexOf(request.url ?? '/');
    if (site.openRequests > OPEN_EACH) bothAreHere.resolve();
    if (n > 0) await bothAreHere.promise;
    const body = `<title>Page ${n}</title><p>text ${n}</p>${n === 0 ? links : ''}`;
    await reply(response, { body, delayMs: SLOW_MS });
  });
  return site;
}

/** Settings that several processes share, as their environment names them. */
function shared(redis: RedisUnderTest, space: RedisSpace, storageDir: string) {
  return {
    REDIS_URL: redis.url,
    REDIS_NAMESPACE: space.namespace,
    STORAGE_DIR: storageDir,
    ALLOWED_PRIVATE_HOSTS: '127.0.0.1',
    HTTP_CONCURRENCY: String(OPEN_EACH),
    PARSE_THREADS: '1',
  };
}

async function open(source: Readonly<Record<string, string>>) {
  const service = await Service.open({
    settings: parseSettings(source),
    log: createLogger('silent'),
    alsoAllowed: [],
    path: process.env['PATH'] ?? '',
  });
  return { service, [Symbol.asyncDispose]: () => within('the service is closed', service.close()) };
}

async function startWorker(settings: Readonly<Record<string, string>>) {
  const env = { ...process.env, ...settings };
  const child = spawn(process.execPath, [program], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const end = async (signal: 'SIGTERM' | 'SIGKILL') => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await within('the other process is gone', exited);
  };
  await within('the other process is ready', once(child.stdout, 'data'), 20_000);
  return { end, [Symbol.asyncDispose]: () => end('SIGKILL') };
}

function submit(service: Service, url: string): Promise<TaskRecord> {
  const options = crawlOptions(url, { hostConcurrency: 100, sitemap: false, robots: false });
  return service.tasks.submit({ kind: 'crawl', queue: 'crawling', options });
}

/** Requests for pages, by path. */
function requests({ log }: Site): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { path } of log) counts.set(path, (counts.get(path) ?? 0) + 1);
  return counts;
}

/** How often the crawl was concluded, by its events, once the last of them is there. */
async function conclusions({ events }: Service, id: string) {
  const read = async () => {
    for (;;) {
      const told = await events.read(id, null, 5000);
      if (told.some(({ data }) => data['status'] === 'completed')) return told;
    }
  };
  const told = await within('the end is told', read());
  const count = (name: string, value: unknown) => told.filter(({ data }) => data[name] === value).length;
  return {
    analysed: count('message', STAGES.analysing.message),
    saved: count('message', STAGES.saving.message),
    completed: count('status', 'completed'),
  };
}

/** Resolves when more pages are open at once than one process may have. */
function bothAtWork(site: Site): Promise<unknown> {
  return site.requested(({ openRequests }) => openRequests > OPEN_EACH, 25_000);
}

await withRedis('a crawl shared by processes', (redis) => {
  describe('a crawl shared by processes', { timeout: 120_000 }, () => {
    it('visits each page once and is concluded once', async () => {
      await using site = await slowSite();
      await using space = new RedisSpace(redis);
      await using dir = await tempDir();
      const settings = shared(redis, space, dir.path);
      await using opened = await open(settings);
      const { service } = opened;
      service.work({ queues: ['crawling'], concurrency: 1 });
      await using _other = await startWorker(settings);
      const { id } = await submit(service, site.url('/'));
      await bothAtWork(site);
      const task = await taskEnd(service.tasks, service.events, id, NEVER);
      expect(task).toMatchObject({
        status: 'completed',
        result: { pagesCrawled: PAGES, endedEarly: null },
      });
      expect(new Set(requests(site).values())).toEqual(new Set([1]));
      expect(requests(site).size).toBe(PAGES);
      expect(await conclusions(service, id)).toEqual({ analysed: 1, saved: 1, completed: 1 });
    });

    it('is paused, resumed and ended early in all of them', async () => {
      await using site = await slowSite();
      await using space = new RedisSpace(redis);
      await using dir = await tempDir();
      const settings = shared(redis, space, dir.path);
      await using opened = await open(settings);
      const { service } = opened;
      service.work({ queues: ['crawling'], concurrency: 1 });
      await using _other = await startWorker(settings);
      const { id } = await submit(service, site.url('/'));
      await bothAtWork(site);
      await service.tasks.pause(id);
      const pausedAt = performance.now();
      const still = async () => {
        while ((await service.tasks.get(id))?.counts.active !== 0);
      };
      await within('no page is open', still());
      const seen = site.log.length;
      expect(site.log.filter(({ at }) => at > pausedAt + 2000)).toEqual([]);
      await service.tasks.resume(id);
      await site.requested(() => site.log.length > seen);
      await (await service.frontiers.open(id, { maxPages: PAGES, maxDepth: null, maxUrls: 1000 })).close(
        'limit-time',
      );
      const task = await taskEnd(service.tasks, service.events, id, NEVER);
      expect(task).toMatchObject({ status: 'completed', result: { endedEarly: 'limit-time' } });
      const { found, done, skipped, failed } = task?.counts ?? { found: 0, done: 0, skipped: 0, failed: 0 };
      expect({ found, sum: done + skipped + failed }).toEqual({ found: PAGES, sum: PAGES });
      expect(await conclusions(service, id)).toEqual({ analysed: 1, saved: 1, completed: 1 });
    });

    it.each(['leader', 'helper'] as const)('P4: loses no page when its %s is killed', async (role) => {
      await using site = await slowSite();
      await using space = new RedisSpace(redis);
      await using dir = await tempDir();
      const settings = shared(redis, space, dir.path);
      await using opened = await open(settings);
      const { service } = opened;
      const work = () => service.work({ queues: ['crawling'], concurrency: 1 });
      if (role === 'helper') work();
      const begun = role === 'helper' ? await submit(service, site.url('/')) : null;
      if (begun !== null) await site.requested(() => true);
      await using other = await startWorker(settings);
      const { id } = begun ?? (await submit(service, site.url('/')));
      await site.requested(() => true);
      if (role === 'leader') work();
      await bothAtWork(site);
      await other.end('SIGKILL');
      const task = await within('the crawl ends', taskEnd(service.tasks, service.events, id, NEVER), 30_000);
      expect(task).toMatchObject({ status: 'completed', result: { pagesCrawled: PAGES } });
      expect(requests(site).size).toBe(PAGES);
      const twice = [...requests(site).values()].filter((count) => count > 1);
      expect(twice.length).toBeLessThanOrEqual(2 * OPEN_EACH + 2);
      expect((await conclusions(service, id)).completed).toBe(1);
    });
  });
});
