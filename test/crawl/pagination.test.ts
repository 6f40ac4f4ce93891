import { describe, expect, it } from 'vitest';
import { ServedService } from '../../src/app/served-service.ts';
import { parseSettings } from '../../src/core/settings.ts';
import { createLogger } from '../../src/drivers/system/logger.ts';
import type { Site } from '../support/fixture-site.ts';
import { type PaginatedSite, startBoard } from '../support/paginated-site.ts';
import { tempDir } from '../support/temp-dir.ts';

const MINUTE = 60_000;

interface PageResult {
  readonly page: number;
  readonly url: string;
  readonly state: string;
  readonly reason: string | null;
  readonly title: string | null;
  readonly sections: number;
}

interface Answer {
  readonly task_id: string;
  readonly strategy: string;
  readonly pages_crawled: readonly number[];
  readonly total_pages: number;
  readonly results: readonly PageResult[];
  readonly execution_time: number;
  readonly ended_early: string | null;
  readonly links: { readonly self: string; readonly ledger: string };
}

interface Stage extends AsyncDisposable {
  readonly site: Site;
  /** Submits the list and waits for the end; resolves to status and body. */
  submit(request: Record<string, unknown>): Promise<{ readonly status: number; readonly answer: Answer }>;
  get(path: string): Promise<Readonly<Record<string, unknown>>>;
}

/** The whole product behind its HTTP API, beside a paginated list on loopback. */
async function openStage(board: PaginatedSite): Promise<Stage> {
  const site = await startBoard(board);
  const dir = await tempDir();
  const settings = parseSettings({
    PORT: '0',
    STORAGE_DIR: dir.path,
    ALLOWED_PRIVATE_HOSTS: '127.0.0.1',
    MAX_RETRIES: '0',
  });
  const served = await ServedService.start(settings, createLogger('silent'), process.env['PATH'] ?? '', []);
  const { origin } = served.listening;
  return {
    site,
    async submit(request) {
      const defaults = { url_pattern: `${site.origin}/news?page={page}`, render: 'http', wait: 50 };
      const response = await fetch(`${origin}/api/v1/pagination`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ ...defaults, ...request }),
      });
      return { status: response.status, answer: (await response.json()) as Answer };
    },
    async get(path) {
      return (await (await fetch(origin + path)).json()) as Readonly<Record<string, unknown>>;
    },
    async [Symbol.asyncDispose]() {
      await served.close();
      await site.close();
      await dir[Symbol.asyncDispose]();
    },
  };
}

const visitedPages = (site: Site) =>
  site.log
    .flatMap(({ path }) => /^\/news\?page=(\d+)$/.exec(path)?.slice(1) ?? [])
    .map(Number)
    .toSorted((a, b) => a - b);

describe('the pages of a paginated list', { timeout: MINUTE }, () => {
  it('of 12 pages stand for it by the first three and the last', async () => {
    await using stage = await openStage({ pages: 12 });
    const { status, answer } = await stage.submit({ total_pages: 12 });
    expect(status).toBe(200);
    const { task_id, execution_time, links, ...result } = answer;
    const url = (page: number) => `${stage.site.origin}/news?page=${page}`;
    expect(result).toEqual({
      status: 'completed',
      strategy: 'representative',
      pages_crawled: [1, 2, 3, 12],
      total_pages: 12,
      results: [1, 2, 3, 12].map((page) => ({
        page,
        url: url(page),
        state: 'done',
        reason: null,
        title: `News, page ${page}`,
        // navigation, main and the list in it
        sections: 3,
      })),
      ended_early: null,
    });
    expect(execution_time).toBeGreaterThan(0);
    expect(visitedPages(stage.site)).toEqual([1, 2, 3, 12]);
    const task = await stage.get(links.self);
    expect(task).toMatchObject({
      task_id,
      kind: 'pagination',
      status: 'completed',
      progress: 100,
      counts: { found: 4, done: 4 },
    });
    expect(task['result']).toEqual({ ...result, execution_time });
    const { urls } = await stage.get(links.ledger);
    expect((urls as { url: string }[]).map((row) => row.url).toSorted()).toEqual([1, 12, 2, 3].map(url));
  });

  it('are all up to five, [1, 2, 3, last] up to twenty, else [1, 2, 3, 10, 20, last]', async () => {
    await using stage = await openStage({ pages: 10_000 });
    const chosen = new Map<number, readonly [string, readonly number[]]>([
      [1, ['all', [1]]],
      [5, ['all', [1, 2, 3, 4, 5]]],
      [6, ['representative', [1, 2, 3, 6]]],
      [20, ['representative', [1, 2, 3, 20]]],
      [21, ['sampling', [1, 2, 3, 10, 20, 21]]],
      [30, ['sampling', [1, 2, 3, 10, 20, 30]]],
      [100, ['sampling', [1, 2, 3, 10, 20, 100]]],
      [10_000, ['sampling', [1, 2, 3, 10, 20, 10_000]]],
    ]);
    for (const [total_pages, expected] of chosen) {
      const { answer } = await stage.submit({ total_pages });
      expect([answer.strategy, answer.pages_crawled]).toEqual(expected);
      expect(answer.results.every(({ state }) => state === 'done')).toBe(true);
    }
  });

  it('are all visited if all are requested', async () => {
    await using stage = await openStage({ pages: 30 });
    const { answer } = await stage.submit({ total_pages: 30, all: true });
    const all = Array.from({ length: 30 }, (_, n) => n + 1);
    expect(answer).toMatchObject({ strategy: 'all', pages_crawled: all, ended_early: null });
    expect(visitedPages(stage.site)).toEqual(all);
  });

  it('that are missing are reported with their reason', async () => {
    await using stage = await openStage({ pages: 12 });
    const { answer } = await stage.submit({ total_pages: 15 });
    expect(answer.pages_crawled).toEqual([1, 2, 3]);
    expect(answer.results.at(-1)).toMatchObject({
      page: 15,
      state: 'failed',
      reason: 'http-status',
      title: null,
    });
  });

  it('that lead to another one are reported with what is shown there', async () => {
    await using stage = await openStage({ pages: 12, beyond: 'a redirect to the last page' });
    const { answer } = await stage.submit({ total_pages: 15 });
    expect(answer.pages_crawled).toEqual([1, 2, 3, 15]);
    expect(answer.results.at(-1)).toMatchObject({
      page: 15,
      state: 'skipped',
      reason: 'redirect',
      title: 'News, page 12',
    });
  });
});

describe('a paginated list that ends before its total', { timeout: MINUTE }, () => {
  it.each(['nothing', 'the last page'] as const)('and lists %s from there on is given up', async (beyond) => {
    await using stage = await openStage({ pages: 4, beyond });
    const { status, answer } = await stage.submit({ total_pages: 2000, all: true, host_concurrency: 2 });
    expect(status).toBe(200);
    expect(answer).toMatchObject({ strategy: 'all', total_pages: 2000, ended_early: 'repeats' });
    expect(answer.pages_crawled.slice(0, 4)).toEqual([1, 2, 3, 4]);
    expect(visitedPages(stage.site).length).toBeLessThan(300);
    const states = new Map(answer.results.map(({ page, state, reason }) => [page, [state, reason]]));
    expect(states.get(1)).toEqual(['done', null]);
    expect(states.get(1000)).toEqual(['skipped', 'repeats']);
    expect(answer.results).toHaveLength(1000);
  });

  it('is reported so in a sample too', async () => {
    await using stage = await openStage({ pages: 1, beyond: 'the last page' });
    const { answer } = await stage.submit({ total_pages: 100 });
    expect(answer.ended_early).toBe('repeats');
  });

  it('without any page fails', async () => {
    await using stage = await openStage({ pages: 12 });
    const url_pattern = `${stage.site.origin}/nowhere/{page}`;
    const { status, answer } = await stage.submit({ total_pages: 12, url_pattern });
    expect(status).toBe(502);
    expect(answer).toMatchObject({ code: 'seed-failed', task_id: expect.any(String) });
  });
});
