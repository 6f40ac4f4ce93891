import { rm } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { taskEnd } from '../../src/app/follow-task.ts';
import { Service } from '../../src/app/service.ts';
import { parseSettings } from '../../src/core/settings.ts';
import { createLogger } from '../../src/drivers/system/logger.ts';
import type { TaskRecord } from '../../src/model/task.ts';
import { crawlOptions } from '../support/crawled.ts';
import { startSite } from '../support/fixture-site.ts';
import { generatedPath } from '../support/generated-site.ts';
import { tempDir } from '../support/temp-dir.ts';

const MINUTE = 60_000;
const PAGES = 60;
const SLOW_MS = 60;
const NEVER = new AbortController().signal;

/** A chain with side pages, each served slowly, so that a crawl lasts long enough to be stopped. */
function slowSite() {
  const children = (n: number) => [2 * n + 1, 2 * n + 2].filter((child) => child < PAGES);
  const page = (n: number) => ({
    body: `<title>Page ${n}</title><p>text ${n}</p>${children(n)
      .map((child) => `<a href="${generatedPath(child)}">${child}</a>`)
      .join(' ')}`,
    delayMs: SLOW_MS,
  });
  return startSite(Object.fromEntries(Array.from({ length: PAGES }, (_, n) => [generatedPath(n), page(n)])));
}

function open(storageDir: string): Promise<Service> {
  const settings = parseSettings({ STORAGE_DIR: storageDir, ALLOWED_PRIVATE_HOSTS: '127.0.0.1' });
  return Service.open({
    settings,
    log: createLogger('silent'),
    alsoAllowed: [],
    path: process.env['PATH'] ?? '',
  });
}

function work(service: Service) {
  return service.work({ queues: ['crawling'], concurrency: 2 });
}

async function submit(service: Service, url: string): Promise<TaskRecord> {
  return service.tasks.submit({
    kind: 'crawl',
    queue: 'crawling',
    options: crawlOptions(url, { hostConcurrency: 4, sitemap: false }),
  });
}

describe('background tasks', { timeout: MINUTE }, () => {
  it('P25: pause lets no new page start, survives a restart, and resume goes on to the end', async () => {
    await using site = await slowSite();
    await using dir = await tempDir();
    const first = await open(dir.path);
    work(first);
    const { id } = await submit(first, site.url('/'));
    await site.requested(() => site.log.length > 15);
    await first.tasks.pause(id);
    const atPause = site.log.length;
    await first.close();
    expect(site.log.length - atPause).toBeLessThanOrEqual(4);

    const second = await open(dir.path);
    work(second);
    expect(await second.tasks.get(id)).toMatchObject({ status: 'paused', counts: { active: 0 } });
    const beforeResume = site.log.length;
    await second.tasks.resume(id);
    const ended = await taskEnd(second.tasks, second.events, id, NEVER);
    await second.close();
    expect(ended).toMatchObject({
      status: 'completed',
      counts: { done: PAGES, failed: 0, pending: 0, active: 0 },
    });
    expect(beforeResume).toBeGreaterThan(15);
  });

  it('P25: limits and patterns that are changed while it is paused hold for what was queued', async () => {
    await using site = await slowSite();
    await using dir = await tempDir();
    const service = await open(dir.path);
    work(service);
    const { id } = await submit(service, site.url('/'));
    await site.requested(() => site.log.length > 10);
    await service.tasks.pause(id);
    const changed = await service.tasks.amend(id, { maxPages: 40, exclude: ['/subject-5*'] });
    if (changed === null) throw new Error('the task is gone');
    await service.applyChanges(changed);
    const excluded = site.log.filter(({ path }) => path.startsWith('/subject-5')).length;
    await service.tasks.resume(id);
    const ended = await taskEnd(service.tasks, service.events, id, NEVER);
    const { pages } = await service.graph.counts(id);
    const ledger = await service.frontiers.ledger(id, { cursor: null, limit: 500, state: 'skipped' });
    await service.close();
    expect(ended).toMatchObject({
      status: 'completed',
      counts: { found: expect.any(Number), done: 40, failed: 0, pending: 0, active: 0 },
      result: { pagesCrawled: 40, endedEarly: 'limit-pages' },
    });
    expect(pages).toBe(40);
    expect(site.log.filter(({ path }) => path.startsWith('/subject-5'))).toHaveLength(excluded);
    const reasons = new Map(ledger.rows.map(({ url, reason }) => [url, reason]));
    expect(reasons.get(site.url(generatedPath(50)))).toBe('excluded');
    expect(new Set(reasons.values())).toEqual(new Set(['excluded', 'limit-pages']));
  });

  it('a task that runs when the service is closed goes on when it is opened again', async () => {
    await using site = await slowSite();
    await using dir = await tempDir();
    const first = await open(dir.path);
    work(first);
    const { id } = await submit(first, site.url('/'));
    await site.requested(() => site.log.length > 15);
    await first.close();

    const second = await open(dir.path);
    work(second);
    const ended = await taskEnd(second.tasks, second.events, id, NEVER);
    const pages = await second.graph.counts(id);
    await second.close();
    expect(ended).toMatchObject({ status: 'completed', counts: { done: PAGES } });
    expect(pages.pages).toBe(PAGES);
  });

  it('P3: cancel ends a running task at once; what was pending is in the ledger as cancelled', async () => {
    await using site = await slowSite();
    await using dir = await tempDir();
    const service = await open(dir.path);
    const worker = work(service);
    const { id } = await submit(service, site.url('/'));
    await site.requested(() => site.log.length > 15);
    expect(await service.tasks.cancel(id)).toMatchObject({ status: 'cancelled' });
    await worker.close();
    const { counts } = (await service.tasks.get(id)) ?? { counts: null };
    const { rows } = await service.frontiers.ledger(id, { cursor: null, limit: 500, state: 'skipped' });
    await service.close();
    expect(counts).toMatchObject({ pending: 0, active: 0 });
    expect(rows.length).toBeGreaterThan(0);
    expect(new Set(rows.map(({ reason }) => reason))).toEqual(new Set(['cancelled']));
  });

  it('P30: a second crawl of the same site never deletes what the first one stored', async () => {
    await using site = await slowSite();
    await using dir = await tempDir();
    const service = await open(dir.path);
    work(service);
    const first = await submit(service, site.url('/'));
    const second = await submit(service, site.url('/'));
    await taskEnd(service.tasks, service.events, first.id, NEVER);
    await taskEnd(service.tasks, service.events, second.id, NEVER);
    expect((await service.graph.counts(first.id)).pages).toBe(PAGES);
    expect((await service.graph.counts(second.id)).pages).toBe(PAGES);
    await service.close();
    await rm(dir.path, { recursive: true, force: true });
  });
});
