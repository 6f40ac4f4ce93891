import { describe, expect, it } from 'vitest';
import { WaymarkError } from '../../../src/core/errors.ts';
import { Desk, resultOf, workAt } from './desk.ts';
import type { OpenQueue } from './harness.ts';
import { crawlOf, quiescence, recordOf, recordWhen } from './specs.ts';

const MINUTE_MS = 60_000;

/** What a worker does with tasks, and what becomes of them. */
export function runsSuite(open: OpenQueue): void {
  describe('working', () => {
    it('runs a task and keeps its result', async () => {
      await using harness = await open();
      const { queue, clock, events } = harness;
      const { id, createdAt } = await queue.submit(crawlOf('/a'));
      await clock.advance(500);
      const desk = new Desk();
      await using _worker = workAt(desk, queue);
      const run = await desk.next();
      expect(run.context.task).toMatchObject({
        id,
        status: 'in_progress',
        startedAt: createdAt + 500,
        ranMs: 0,
      });
      expect(run.context.owner).not.toBe('');
      await run.context.report({ progress: 30, message: 'Crawling pages' });
      expect(await recordOf(queue, id)).toMatchObject({ progress: 30, message: 'Crawling pages' });
      await clock.advance(2000);
      run.complete();
      const record = await recordWhen(
        'the task is completed',
        queue,
        id,
        (task) => task.status === 'completed',
      );
      expect(record).toMatchObject({
        progress: 100,
        result: resultOf(run.context),
        error: null,
        ranMs: 2000,
      });
      expect([record.startedAt, record.finishedAt]).toEqual([createdAt + 500, createdAt + 2500]);
      await quiescence(queue);
      const told = await events.read(id, null, 100);
      expect(told.map(({ type, data }) => data['status'] ?? `${type} ${data['progress']}`)).toEqual([
        'in_progress',
        'progress 30',
        'completed',
      ]);
    });

    it('begins with the oldest and runs as many at once as it may', async () => {
      await using harness = await open();
      const { queue } = harness;
      const ids: string[] = [];
      for (const path of ['/a', '/b', '/c']) ids.push((await queue.submit(crawlOf(path))).id);
      const desk = new Desk();
      await using _worker = workAt(desk, queue, { concurrency: 2 });
      const [first, second] = [await desk.next(), await desk.next()];
      expect([first.context.task.id, second.context.task.id]).toEqual(ids.slice(0, 2));
      await quiescence(queue);
      expect(await recordOf(queue, ids[2] ?? '')).toMatchObject({ status: 'pending' });
      expect(desk.begun).toBe(0);
      second.complete();
      expect((await desk.next()).context.task.id).toBe(ids[2]);
    });

    it('begins with the smallest priority number', async () => {
      await using harness = await open();
      const { queue } = harness;
      const background = await queue.submit(crawlOf('/a'), { priority: 10 });
      const foreground = await queue.submit(crawlOf('/b'));
      const desk = new Desk();
      await using _worker = workAt(desk, queue);
      const first = await desk.next();
      expect(first.context.task.id).toBe(foreground.id);
      first.complete();
      expect((await desk.next()).context.task.id).toBe(background.id);
    });

    it('takes up what is submitted later', async () => {
      await using harness = await open();
      const desk = new Desk();
      await using _worker = workAt(desk, harness.queue);
      const { id } = await harness.queue.submit(crawlOf('/a'));
      expect((await desk.next()).context.task.id).toBe(id);
    });

    it('leaves other queues and other tasks alone', async () => {
      await using harness = await open();
      const { queue } = harness;
      const command = await queue.submit(crawlOf('/', 'command'));
      const other = await queue.submit(crawlOf('/other'));
      const wanted = await queue.submit(crawlOf('/wanted'));
      const desk = new Desk();
      await using _worker = workAt(desk, queue, { concurrency: 3, only: wanted.id });
      const run = await desk.next();
      expect(run.context.task.id).toBe(wanted.id);
      run.complete();
      await recordWhen('the task is completed', queue, wanted.id, ({ status }) => status === 'completed');
      await quiescence(queue);
      expect(desk.begun).toBe(0);
      await using _second = workAt(desk, queue, { concurrency: 3 });
      expect((await desk.next()).context.task.id).toBe(other.id);
      expect(await recordOf(queue, command.id)).toMatchObject({ status: 'pending' });
    });

    it('starts a waiting task when running ones make no progress, twice the concurrency at most', async () => {
      await using harness = await open();
      const { queue, clock } = harness;
      const ids: string[] = [];
      for (const path of ['/a', '/b', '/c', '/d']) ids.push((await queue.submit(crawlOf(path))).id);
      const desk = new Desk();
      await using _worker = workAt(desk, queue, { concurrency: 1, giveWayMs: 15_000 });
      const first = await desk.next();
      await clock.advance(10_000);
      await first.context.report({ progress: 20, message: 'One page' });
      await clock.advance(10_000);
      await quiescence(queue);
      expect(desk.begun).toBe(0);
      await clock.advance(10_000);
      expect((await desk.next()).context.task.id).toBe(ids[1]);
      await clock.advance(20_000);
      await quiescence(queue);
      expect(desk.begun).toBe(0);
      expect(await recordOf(queue, ids[0] ?? '')).toMatchObject({ status: 'in_progress' });
    });

    it('gives no task to two workers', async () => {
      await using harness = await open();
      const { queue } = harness;
      const ids: string[] = [];
      for (const path of ['/a', '/b', '/c', '/d']) ids.push((await queue.submit(crawlOf(path))).id);
      const desk = new Desk();
      await using _one = workAt(desk, queue, { concurrency: 2 });
      await using _two = workAt(desk, queue, { concurrency: 2 });
      const runs = [await desk.next(), await desk.next(), await desk.next(), await desk.next()];
      expect(runs.map(({ context }) => context.task.id).sort()).toEqual(ids.sort());
      expect(new Set(runs.map(({ context }) => context.owner)).size).toBe(4);
    });
  });

  describe('a run that fails', () => {
    it('is tried again after 60 s, 120 s and 180 s, then the task has failed', async () => {
      await using harness = await open();
      const { queue, clock } = harness;
      const { id } = await queue.submit(crawlOf('/a'));
      const desk = new Desk();
      await using worker = workAt(desk, queue);
      for (const retries of [1, 2, 3]) {
        (await desk.next()).fail(new WaymarkError('crawl-failed', `no ${retries}`));
        const waiting = await recordWhen('the task waits', queue, id, (task) => task.status === 'pending');
        expect(waiting).toMatchObject({ retries, error: { code: 'crawl-failed', message: `no ${retries}` } });
        await clock.advance(retries * MINUTE_MS - 1);
        worker.wake();
        await quiescence(queue);
        expect(desk.begun).toBe(0);
        await clock.advance(1);
        worker.wake();
      }
      const last = await desk.next();
      expect(last.context.task).toMatchObject({ retries: 3, error: null });
      last.fail(new WaymarkError('crawl-failed', 'never'));
      const failed = await recordWhen('the task has failed', queue, id, (task) => task.status === 'failed');
      expect(failed).toMatchObject({
        retries: 3,
        result: null,
        error: { code: 'crawl-failed', message: 'never' },
        finishedAt: clock.now(),
      });
    });

    it('with an error that will not pass fails the task at once', async () => {
      await using harness = await open();
      const { queue } = harness;
      const { id } = await queue.submit(crawlOf('/a'));
      const desk = new Desk();
      await using _worker = workAt(desk, queue);
      (await desk.next()).fail(new WaymarkError('browser-not-found', 'no browser'));
      const failed = await recordWhen('the task has failed', queue, id, (task) => task.status === 'failed');
      expect(failed).toMatchObject({
        retries: 0,
        error: { code: 'browser-not-found', message: 'no browser' },
      });
    });

    it('without a code is an internal error', async () => {
      await using harness = await open();
      const { queue } = harness;
      const { id } = await queue.submit(crawlOf('/a'));
      const desk = new Desk();
      await using _worker = workAt(desk, queue);
      (await desk.next()).fail(new TypeError('x is not a function'));
      const waiting = await recordWhen('the task waits', queue, id, (task) => task.retries === 1);
      expect(waiting.error).toEqual({ code: 'internal', message: 'x is not a function' });
    });

    it('of the command line is not tried again', async () => {
      await using harness = await open();
      const { queue } = harness;
      const { id } = await queue.submit(crawlOf('/a', 'command'));
      const desk = new Desk();
      await using _worker = workAt(desk, queue, { queues: ['command'] });
      (await desk.next()).fail(new WaymarkError('crawl-failed', 'no'));
      await recordWhen('the task has failed', queue, id, (task) => task.status === 'failed');
    });

    it('does not hold up the next task', async () => {
      await using harness = await open();
      const { queue } = harness;
      await queue.submit(crawlOf('/a'));
      const next = await queue.submit(crawlOf('/b'));
      const desk = new Desk();
      await using _worker = workAt(desk, queue);
      (await desk.next()).fail(new WaymarkError('crawl-failed', 'no'));
      expect((await desk.next()).context.task.id).toBe(next.id);
    });
  });
}
