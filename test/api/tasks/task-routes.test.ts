import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { WaymarkError } from '../../../src/core/errors.ts';
import { ApiHarness, SEED } from '../../support/api-harness.ts';
import { within } from '../../support/within.ts';

const TASKS = '/api/v1/tasks';

/** A task that runs until the test ends. */
async function runningTask(api: ApiHarness): Promise<string> {
  const begun = Promise.withResolvers<void>();
  api.work(async ({ signal }) => {
    begun.resolve();
    if (!signal.aborted) await once(signal, 'abort');
    return { kind: 'stopped' };
  });
  const { id } = await api.submit();
  await within('the task to begin', begun.promise);
  return id;
}

/** A task that has ended this way. */
async function endedTask(api: ApiHarness, failure?: Error): Promise<string> {
  api.crawlStaged({ pages: 1, ...(failure === undefined ? {} : { failure }) });
  const response = await api.send('POST', `/api/v1/crawl?url=${SEED}`);
  return ((await response.json()) as { task_id: string }).task_id;
}

describe('a task', () => {
  it('shows how it stands', async () => {
    const api = await ApiHarness.open();
    const id = await endedTask(api);
    const task = await api.json(200, 'GET', `${TASKS}/${id}`);
    expect(task).toMatchObject({
      task_id: id,
      kind: 'crawl',
      queue: 'crawling',
      url: SEED,
      status: 'completed',
      progress: 100,
      total: 100,
      counts: { found: 1, done: 1, failed: 0, skipped: 0, pending: 0, active: 0 },
      result: { status: 'completed', pages_crawled: 1, total_nodes: 3 },
      error: null,
      retries: 0,
    });
    expect(Date.parse(task.created_at)).toBeLessThanOrEqual(Date.parse(task.finished_at));
  });

  it.each(['GET', 'DELETE'])('that is unknown is not found: %s', async (method) => {
    const api = await ApiHarness.open();
    expect(await api.json(404, method, `${TASKS}/nope`)).toMatchObject({ code: 'task-not-found' });
  });

  it.each(['pause', 'resume'])('that is unknown rejects %s', async (action) => {
    const api = await ApiHarness.open();
    expect(await api.json(404, 'POST', `${TASKS}/nope/${action}`)).toMatchObject({ code: 'task-not-found' });
  });
});

describe('the list of tasks', () => {
  it('goes from the newest to the oldest, page by page', async () => {
    const api = await ApiHarness.open();
    const ids: string[] = [];
    for (let n = 0; n < 5; n++) ids.unshift((await api.submit({ url: `${SEED}${n}` })).id);
    const seen: string[] = [];
    let path: string | null = `${TASKS}?limit=2&status=pending`;
    while (path !== null) {
      const page: { tasks: { task_id: string }[]; next: string | null; next_cursor: string | null } =
        await api.json(200, 'GET', path);
      seen.push(...page.tasks.map(({ task_id }) => task_id));
      expect(page.next === null).toBe(page.next_cursor === null);
      path = page.next;
    }
    expect(seen).toEqual(ids);
  });

  it('holds those of one status alone', async () => {
    const api = await ApiHarness.open();
    const first = await api.submit();
    const second = await api.submit({ url: `${SEED}other` });
    await api.deps.tasks.cancel(first.id);
    const list = async (status: string) =>
      (await api.json(200, 'GET', `${TASKS}?status=${status}`)).tasks.map(
        ({ task_id }: { task_id: string }) => task_id,
      );
    expect(await list('cancelled')).toEqual([first.id]);
    expect(await list('pending')).toEqual([second.id]);
  });

  it.each([
    ['limit=0', 'bad-request'],
    ['limit=201', 'bad-request'],
    ['limit=x', 'bad-request'],
    ['limit=1&limit=2', 'bad-request'],
    ['status=done', 'bad-request'],
    ['colour=red', 'bad-request'],
    ['cursor=abc', 'bad-cursor'],
  ])('refuses %s', async (query, code) => {
    const api = await ApiHarness.open();
    expect(await api.json(400, 'GET', `${TASKS}?${query}`)).toMatchObject({ code });
  });
});

describe('a running task', () => {
  it('is paused and resumed', async () => {
    const api = await ApiHarness.open();
    const id = await runningTask(api);
    expect(await api.json(200, 'POST', `${TASKS}/${id}/pause`)).toMatchObject({ status: 'paused' });
    expect(await api.json(200, 'POST', `${TASKS}/${id}/pause`)).toMatchObject({ status: 'paused' });
    expect((await api.json(200, 'POST', `${TASKS}/${id}/resume`)).status).toMatch(/^(pending|in_progress)$/);
  });

  it('is cancelled, once and for all', async () => {
    const api = await ApiHarness.open();
    const id = await runningTask(api);
    expect(await api.json(200, 'DELETE', `${TASKS}/${id}`)).toMatchObject({ status: 'cancelled' });
    expect(await api.json(200, 'DELETE', `${TASKS}/${id}`)).toMatchObject({ status: 'cancelled' });
    for (const action of ['pause', 'resume']) {
      expect(await api.json(409, 'POST', `${TASKS}/${id}/${action}`)).toMatchObject({
        code: 'task-finished',
      });
    }
  });
});

describe('a task that has ended', () => {
  it.each([
    ['DELETE', ''],
    ['POST', '/pause'],
    ['POST', '/resume'],
  ])('is left as it is: %s %s', async (method, action) => {
    const api = await ApiHarness.open();
    const id = await endedTask(api);
    expect(await api.json(409, method, `${TASKS}/${id}${action}`)).toMatchObject({ code: 'task-finished' });
    expect(await api.json(200, 'GET', `${TASKS}/${id}`)).toMatchObject({ status: 'completed' });
  });

  it('can be resumed if it failed', async () => {
    const api = await ApiHarness.open();
    const id = await endedTask(api, new WaymarkError('seed-failed', 'No answer.'));
    const { status, error } = await api.json(200, 'POST', `${TASKS}/${id}/resume`);
    expect({ status, error }).toEqual({ status: 'pending', error: null });
  });
});
