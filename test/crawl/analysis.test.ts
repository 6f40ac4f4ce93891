import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { taskEnd } from '../../src/app/follow-task.ts';
import { Service } from '../../src/app/service.ts';
import { parseSettings } from '../../src/core/settings.ts';
import { createLogger } from '../../src/drivers/system/logger.ts';
import type { TaskResult } from '../../src/model/task-result.ts';
import { crawl, crawlOptions, openTestService } from '../support/crawled.ts';
import { type ListSite, startListSite } from '../support/list-site.ts';
import { tempDir } from '../support/temp-dir.ts';
import { within } from '../support/within.ts';

const MINUTE = 60_000;
const PROCESS = join(import.meta.dirname, 'analysis-process.ts');

/** Crawls in a process that is killed in the analysis; resolves to the task's id. */
async function crawlKilledAt(url: string, storageDir: string, step: string, times: number): Promise<string> {
  const child = spawn(process.execPath, [PROCESS, url, step, String(times)], {
    env: {
      ...process.env,
      STORAGE_DIR: storageDir,
      ALLOWED_PRIVATE_HOSTS: '127.0.0.1',
      LOG_LEVEL: 'silent',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const output = text(child.stdout);
  const [, signal] = (await within('the death of the process', once(child, 'exit'), MINUTE)) as [
    null,
    string,
  ];
  expect(signal).toBe('SIGKILL');
  return (await output).trim();
}

/** Resumes the task to its end, and returns what the map contains then. */
async function resumed(url: string, storageDir: string, id: string) {
  const settings = parseSettings({ STORAGE_DIR: storageDir, ALLOWED_PRIVATE_HOSTS: '127.0.0.1' });
  const log = createLogger('silent');
  const service = await Service.open({ settings, log, alsoAllowed: [], path: '' });
  try {
    service.work({ queues: ['command'], concurrency: 1, only: id });
    const ended = taskEnd(service.tasks, service.events, id, new AbortController().signal);
    const task = await within('the end of the task', ended, MINUTE);
    return { task, ...(await mapOf(service, url, task?.result ?? null)) };
  } finally {
    await service.close();
  }
}

async function mapOf({ graph }: Service, url: string, result: TaskResult | null) {
  const siteOverview = await graph.siteOverview(url, 100);
  const structure = await graph.structure(url, { cursor: null, limit: 200, preview: 0 });
  const { paginatedLists: lists, groups } = result ?? {};
  return {
    siteOverview,
    counted: { lists, groups },
    depths: structure?.pages.map((page) => [page.url, page.depth]).toSorted(),
  };
}

describe('the analysis of a crawl', { timeout: 2 * MINUTE }, () => {
  it('finds the paginated lists and groups of the site', async () => {
    await using site = await startListSite({ pages: 12, bar: 'window' });
    await using test = await openTestService();
    const { task } = await crawl(test, crawlOptions(site.url('/')));
    const { siteOverview, counted } = await mapOf(test.service, site.url('/'), task.result);
    const page = (number: number, path: string) => ({
      page: number,
      url: site.url(path),
      title: `News, page ${number}`,
    });
    expect(siteOverview?.lists).toEqual([
      {
        id: expect.any(String),
        pattern: site.url('/news?page={page}'),
        strategy: 'representative',
        total: 12,
        checked: true,
        repeats: false,
        pageCount: 4,
        pages: [page(1, '/news'), ...[2, 3, 12].map((number) => page(number, `/news?page=${number}`))],
      },
    ]);
    // Eight items below /news, and three pages of the list that have a number in their URL.
    expect(siteOverview?.groups.map(({ name, pattern, pages }) => [name, pattern, pages])).toEqual([
      ['news', site.url('/news/*'), 8],
      ['news', site.url('/news?page=*'), 3],
    ]);
    expect(counted).toEqual({ lists: 1, groups: 2 });
  });

  it('finds a list whose pages are reached by marks, with as much of it as was visited', async () => {
    await using site = await startListSite({ pages: 30, bar: 'cursor' });
    await using test = await openTestService();
    const { task, ledger } = await crawl(test, crawlOptions(site.url('/')));
    const { siteOverview } = await mapOf(test.service, site.url('/'), task.result);
    expect(siteOverview?.lists).toEqual([
      {
        id: expect.any(String),
        pattern: site.url('/news?cursor={page}'),
        strategy: 'sampling',
        total: null,
        checked: false,
        repeats: false,
        pageCount: 16,
        pages: Array.from({ length: 16 }, (_, index) =>
          expect.objectContaining({ page: index + 1, title: `News, page ${index + 1}` }),
        ),
      },
    ]);
    expect([...ledger.values()].filter(({ reason }) => reason === 'sampled-out')).toHaveLength(1);
  });

  it('finds such a list whole if it is short, and marks one that goes on without end', async () => {
    const boardsOf = async (list: ListSite) => {
      await using site = await startListSite(list);
      await using test = await openTestService();
      const { task } = await crawl(test, crawlOptions(site.url('/')));
      const { siteOverview } = await mapOf(test.service, site.url('/'), task.result);
      return siteOverview?.lists.map(({ total, strategy, checked, repeats, pageCount }) => {
        return { total, strategy, checked, repeats, pageCount };
      });
    };
    expect(await boardsOf({ pages: 7, bar: 'cursor' })).toEqual([
      { total: 7, strategy: 'all', checked: true, repeats: false, pageCount: 7 },
    ]);
    expect(await boardsOf({ pages: 100_000, bar: 'cursor', endless: true })).toEqual([
      { total: null, strategy: 'sampling', checked: false, repeats: true, pageCount: 3 },
    ]);
  });

  it.each([
    ['the clicks were counted', 'finish', 1],
    ['the boards were stored', 'saveAnalysis', 1],
    ['the groups were stored', 'saveAnalysis', 2],
    ['it was done', 'endAnalysis', 1],
  ])('is done again when its process is killed after %s', async (_, step, times) => {
    await using site = await startListSite({ pages: 12, bar: 'window' });
    const url = site.url('/');
    await using killed = await tempDir();
    const id = await crawlKilledAt(url, killed.path, step, times);
    const visits = site.log.length;
    const after = await resumed(url, killed.path, id);
    expect(after.task).toMatchObject({ status: 'completed', progress: 100 });
    // The frontier is empty: robots.txt is requested again, no page is.
    expect(site.log.slice(visits).filter(({ path }) => !/robots|sitemap/.test(path))).toEqual([]);

    await using test = await openTestService();
    const { task } = await crawl(test, crawlOptions(url));
    const undisturbed = await mapOf(test.service, url, task.result);
    expect(after.siteOverview).toEqual(undisturbed.siteOverview);
    expect(after.counted).toEqual(undisturbed.counted);
    expect(after.depths).toEqual(undisturbed.depths);
  });
});
