import { describe, expect, it } from 'vitest';
import type { Discovery } from '../../../src/model/frontier-url.ts';
import { ApiHarness, SEED } from '../../support/api-harness.ts';

const pathOf = (id: string) => `/api/v1/tasks/${id}`;

function found(path: string, depth: number): Discovery {
  return { url: `${SEED}${path}`, host: 'site.example', depth, by: 'link', foundOn: null };
}

async function pausedTask(api: ApiHarness): Promise<string> {
  const { id } = await api.submit();
  await api.deps.tasks.pause(id);
  return id;
}

describe('P25: changing a paused task', () => {
  it('changes its options, and what is queued follows', async () => {
    const api = await ApiHarness.open();
    const id = await pausedTask(api);
    const crawl = await api.frontiers.open(id, { maxPages: 100, maxUrls: 1000, maxDepth: 3 });
    await crawl.add([found('a', 1), found('old/b', 2), found('c', 3), found('d', 4)]);
    const change = { exclude: ['/old/'], depth: 2, max_pages: 50, max_seconds: 9, host_delay_ms: 20 };
    const changed = await api.json(200, 'PATCH', pathOf(id), change);
    expect(changed).toMatchObject({
      status: 'paused',
      amendments: 1,
      options: { ...change, include: [], host_concurrency: 8, render: 'auto' },
      counts: { found: 4, pending: 1, skipped: 3 },
    });
    expect(await api.json(200, 'GET', `${pathOf(id)}/reasons`)).toMatchObject({
      reasons: [
        { reason: 'too-deep', count: 2 },
        { reason: 'excluded', count: 1 },
      ],
    });
    const back = await api.json(200, 'PATCH', pathOf(id), { exclude: [], depth: 4, include: ['/*'] });
    expect(back).toMatchObject({ amendments: 2, counts: { pending: 4, skipped: 0 } });
    expect(back.options).toMatchObject({ max_pages: 50, exclude: [], include: ['/*'], depth: 4 });
  });

  it('is refused while it waits, runs, or when it has ended', async () => {
    const api = await ApiHarness.open();
    const { id } = await api.submit();
    const refused = () => api.json(409, 'PATCH', pathOf(id), { depth: 1 });
    expect(await refused()).toMatchObject({ code: 'task-not-paused' });
    await api.deps.tasks.cancel(id);
    expect(await refused()).toMatchObject({ code: 'task-not-paused' });
    expect(await api.json(200, 'GET', pathOf(id))).toMatchObject({ amendments: 0, options: { depth: 3 } });
    expect(await api.json(404, 'PATCH', pathOf('nope'), { depth: 1 })).toMatchObject({
      code: 'task-not-found',
    });
  });

  describe('is refused', () => {
    const api = ApiHarness.shared();

    it.each([
      [{}, ''],
      [{ depth: -1 }, 'depth'],
      [{ depth: null }, 'depth'],
      [{ max_pages: 0 }, 'max_pages'],
      [{ max_pages: 100_001 }, 'max_pages'],
      [{ max_seconds: 1.5 }, 'max_seconds'],
      [{ host_concurrency: 9 }, 'host_concurrency'],
      [{ host_delay_ms: -1 }, 'host_delay_ms'],
      [{ exclude: '/a' }, 'exclude'],
      [{ include: ['never'] }, 'include.0'],
      [{ url: SEED }, 'url'],
      [{ render: 'http' }, 'render'],
    ])('with %j', async (change, path) => {
      const id = await pausedTask(api());
      const problem = await api().json(400, 'PATCH', pathOf(id), change);
      await api().deps.tasks.cancel(id);
      expect(problem).toMatchObject({ code: 'bad-request', errors: [{ path }] });
    });
  });

  it('of a paginated list accepts only options that are not about a site', async () => {
    const api = await ApiHarness.open();
    const { task_id: id } = await api.json(202, 'POST', '/api/v1/pagination', {
      url_pattern: `${SEED}?page={page}`,
      total_pages: 3,
    });
    await api.deps.tasks.pause(id);
    expect(await api.json(400, 'PATCH', pathOf(id), { max_pages: 2 })).toMatchObject({
      errors: [{ path: 'max_pages', message: 'is not an option of a pagination task' }],
    });
    expect(await api.json(200, 'PATCH', pathOf(id), { max_seconds: 7 })).toMatchObject({
      options: { max_seconds: 7, total_pages: 3 },
    });
  });
});
