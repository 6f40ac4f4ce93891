import { describe, expect, it } from 'vitest';
import { Desk, workAt } from './desk.ts';
import { MAX_WAITING, type OpenQueue } from './harness.ts';
import { crawlOf, recordWhen } from './specs.ts';

/** What is kept of tasks, and how they are found. */
export function recordsSuite(open: OpenQueue): void {
  describe('submitting', () => {
    it('makes a record that waits', async () => {
      await using harness = await open();
      const { queue, clock } = harness;
      const task = await queue.submit(crawlOf('/a'));
      expect(task).toEqual({
        id: expect.stringMatching(/./),
        spec: crawlOf('/a'),
        status: 'pending',
        progress: 0,
        message: expect.any(String),
        counts: { found: 0, done: 0, failed: 0, skipped: 0, pending: 0, active: 0 },
        amendments: 0,
        retries: 0,
        ranMs: 0,
        result: null,
        error: null,
        createdAt: clock.now(),
        startedAt: null,
        finishedAt: null,
      });
      expect(await queue.get(task.id)).toEqual(task);
      expect(await queue.get('unknown')).toBeNull();
    });

    it('with the same key and request returns the same task', async () => {
      await using harness = await open();
      const { queue } = harness;
      const first = await queue.submit(crawlOf('/a'), { idempotencyKey: 'k' });
      const { kind, queue: name, options } = crawlOf('/a');
      const second = await queue.submit({ options, queue: name, kind }, { idempotencyKey: 'k' });
      const other = await queue.submit(crawlOf('/a'), { idempotencyKey: 'other' });
      expect(second.id).toBe(first.id);
      expect(new Set([first.id, other.id, (await queue.submit(crawlOf('/a'))).id]).size).toBe(3);
    });

    it('with the same key and another request is refused', async () => {
      await using harness = await open();
      const { queue } = harness;
      await queue.submit(crawlOf('/a'), { idempotencyKey: 'k' });
      await expect(queue.submit(crawlOf('/b'), { idempotencyKey: 'k' })).rejects.toMatchObject({
        name: 'WaymarkError',
        code: 'idempotency-conflict',
      });
    });

    it('is refused while too many tasks wait, but not for a task that is known', async () => {
      await using harness = await open();
      const { queue } = harness;
      const first = await queue.submit(crawlOf('/0'), { idempotencyKey: 'k' });
      for (let n = 1; n < MAX_WAITING; n += 1) await queue.submit(crawlOf(`/${n}`));
      await expect(queue.submit(crawlOf('/more'))).rejects.toMatchObject({ code: 'too-many-tasks' });
      expect((await queue.submit(crawlOf('/0'), { idempotencyKey: 'k' })).id).toBe(first.id);
      await queue.cancel(first.id);
      await queue.submit(crawlOf('/more'));
    });
  });

  describe('finding tasks', () => {
    it('lists the newest first, by pages, also while tasks are submitted', async () => {
      await using harness = await open();
      const { queue } = harness;
      const ids: string[] = [];
      for (const path of ['/0', '/1', '/2', '/3']) ids.unshift((await queue.submit(crawlOf(path))).id);
      const first = await queue.list({ status: null, cursor: null, limit: 3 });
      expect(first.tasks.map(({ id }) => id)).toEqual(ids.slice(0, 3));
      await queue.submit(crawlOf('/new'));
      const second = await queue.list({ status: null, cursor: first.next, limit: 3 });
      expect(second).toMatchObject({ tasks: [{ id: ids[3] }], next: null });
    });

    it('lists by status', async () => {
      await using harness = await open();
      const { queue } = harness;
      const [a, b] = [await queue.submit(crawlOf('/a')), await queue.submit(crawlOf('/b'))];
      await queue.cancel(a.id);
      const idsIn = async (status: 'pending' | 'cancelled' | 'failed') =>
        (await queue.list({ status, cursor: null, limit: 10 })).tasks.map(({ id }) => id);
      expect([await idsIn('pending'), await idsIn('cancelled'), await idsIn('failed')]).toEqual([
        [b.id],
        [a.id],
        [],
      ]);
    });

    it('refuses a cursor that is not one of its own', async () => {
      await using harness = await open();
      const listed = harness.queue.list({ status: null, cursor: 'next please', limit: 3 });
      await expect(listed).rejects.toMatchObject({ code: 'bad-cursor' });
    });

    it('finds the newest unfinished task of a URL in its queue', async () => {
      await using harness = await open();
      const { queue } = harness;
      const url = 'http://site.test/a';
      expect(await queue.findUnfinished('command', url)).toBeNull();
      const older = await queue.submit(crawlOf('/a', 'command'));
      const newer = await queue.submit(crawlOf('/a', 'command'));
      await queue.submit(crawlOf('/a', 'crawling'));
      await queue.submit(crawlOf('/b', 'command'));
      expect((await queue.findUnfinished('command', url))?.id).toBe(newer.id);
      await queue.cancel(newer.id);
      expect((await queue.findUnfinished('command', url))?.id).toBe(older.id);
      await queue.pause(older.id);
      expect((await queue.findUnfinished('command', url))?.id).toBe(older.id);
      await queue.resume(older.id);
      const desk = new Desk();
      await using _worker = workAt(desk, queue, { queues: ['command'] });
      (await desk.next()).complete();
      await recordWhen('the task is completed', queue, older.id, ({ status }) => status === 'completed');
      expect(await queue.findUnfinished('command', url)).toBeNull();
    });
  });
}
