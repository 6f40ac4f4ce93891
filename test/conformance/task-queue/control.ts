import { describe, expect, it } from 'vitest';
import { within } from '../../support/within.ts';
import { NO_LIMITS } from '../frontier/harness.ts';
import { claimPage, done, found, openCrawl, request, statesOf } from '../frontier/moves.ts';
import { Desk, workAt } from './desk.ts';
import type { OpenQueue } from './harness.ts';
import { crawlOf, quiescence, recordOf, recordWhen } from './specs.ts';

/** Pause, resume, cancel, shutdown and death. */
export function controlSuite(open: OpenQueue): void {
  describe('pausing', () => {
    it('P25: stops the run; resuming goes on with the time that it ran before, pauses not counted', async () => {
      await using harness = await open();
      const { queue, clock } = harness;
      const { id } = await queue.submit(crawlOf('/a'));
      const desk = new Desk();
      await using worker = workAt(desk, queue);
      const run = await desk.next();
      await clock.advance(5000);
      expect(await queue.pause(id)).toMatchObject({ id, status: 'paused' });
      expect(await within('the run is stopped', run.stopped)).toBe('paused');
      const paused = await recordWhen('the run has ended', queue, id, ({ ranMs }) => ranMs === 5000);
      expect(paused).toMatchObject({ status: 'paused', finishedAt: null });
      await clock.advance(60_000);
      worker.wake();
      await quiescence(queue);
      expect(desk.begun).toBe(0);
      expect(await queue.resume(id)).toMatchObject({ status: 'pending' });
      const again = await desk.next();
      expect(again.context.task).toMatchObject({ id, ranMs: 5000, retries: 0 });
      again.complete();
      await recordWhen('the task is completed', queue, id, ({ status }) => status === 'completed');
    });

    it('keeps a task that waits from being run', async () => {
      await using harness = await open();
      const { queue } = harness;
      const paused = await queue.submit(crawlOf('/a'));
      const other = await queue.submit(crawlOf('/b'));
      expect(await queue.pause(paused.id)).toMatchObject({ status: 'paused' });
      const desk = new Desk();
      await using _worker = workAt(desk, queue);
      const run = await desk.next();
      expect(run.context.task.id).toBe(other.id);
      run.complete();
      await queue.resume(paused.id);
      expect((await desk.next()).context.task.id).toBe(paused.id);
    });

    it('lets no page start, in the same step', async () => {
      await using harness = await open();
      const { queue, frontiers } = harness;
      const { id } = await queue.submit(crawlOf('/a'));
      const crawl = await openCrawl(frontiers, {}, id);
      await crawl.add([found('/a'), found('/b')]);
      const a = await claimPage(crawl);
      await queue.pause(id);
      expect(await crawl.claim(request())).toEqual({ kind: 'paused' });
      await crawl.complete([done(a)]);
      expect(await recordOf(queue, id)).toMatchObject({ counts: { found: 2, done: 1, pending: 1 } });
      await queue.resume(id);
      expect((await claimPage(crawl)).url).toBe('http://site.test/b');
    });

    it('counts for a crawl that is opened only afterwards', async () => {
      await using harness = await open();
      const { queue, frontiers } = harness;
      const { id } = await queue.submit(crawlOf('/a'));
      await queue.pause(id);
      const crawl = await openCrawl(frontiers, {}, id);
      await crawl.add([found('/a')]);
      expect(await crawl.claim(request())).toEqual({ kind: 'paused' });
    });

    it('and resuming at once never lets two runs overlap', async () => {
      await using harness = await open();
      const { queue } = harness;
      const { id } = await queue.submit(crawlOf('/a'));
      const desk = new Desk({ stubborn: true });
      await using worker = workAt(desk, queue, { concurrency: 2 });
      const first = await desk.next();
      await Promise.all([queue.pause(id), queue.resume(id)]);
      const reason = await within('the run is stopped', first.stopped);
      expect(reason).not.toBe('cancelled');
      worker.wake();
      await quiescence(queue);
      expect(await recordOf(queue, id)).toMatchObject({ status: 'pending' });
      expect(desk.begun).toBe(0);
      first.stop();
      const second = await desk.next();
      expect(second.context.task).toMatchObject({ id, status: 'in_progress' });
      second.complete();
      await recordWhen('the task is completed', queue, id, ({ status }) => status === 'completed');
    });
  });

  describe('changing a paused task', () => {
    it('P25: lays the changes over its options, one over the other, and counts them', async () => {
      await using harness = await open();
      const { queue } = harness;
      const { id } = await queue.submit(crawlOf('/a'));
      await queue.pause(id);
      const first = await queue.amend(id, { maxPages: 7, exclude: ['/b/'], depth: null });
      expect(first).toMatchObject({ id, status: 'paused', amendments: 1 });
      await queue.amend(id, { maxPages: 9, maxSeconds: 60 });
      const { spec, amendments } = await recordOf(queue, id);
      expect(amendments).toBe(2);
      const { options } = crawlOf('/a');
      expect(spec).toEqual({
        ...crawlOf('/a'),
        options: { ...options, maxPages: 9, exclude: ['/b/'], depth: null, maxSeconds: 60 },
      });
      await queue.resume(id);
      const desk = new Desk();
      await using _worker = workAt(desk, queue);
      expect((await desk.next()).context.task).toMatchObject({ amendments: 2, spec });
    });

    it('leaves the idempotency key to what was submitted', async () => {
      await using harness = await open();
      const { queue } = harness;
      const { id, amendments } = await queue.submit(crawlOf('/a'), { idempotencyKey: 'k' });
      expect(amendments).toBe(0);
      await queue.pause(id);
      await queue.amend(id, { maxPages: 1 });
      expect((await queue.submit(crawlOf('/a'), { idempotencyKey: 'k' })).id).toBe(id);
    });

    it('is refused while it is not paused', async () => {
      await using harness = await open();
      const { queue } = harness;
      const { id } = await queue.submit(crawlOf('/a'));
      const change = () => queue.amend(id, { maxPages: 1 });
      await expect(change()).rejects.toMatchObject({ code: 'task-not-paused' });
      await queue.cancel(id);
      await expect(change()).rejects.toMatchObject({ code: 'task-not-paused' });
      expect(await recordOf(queue, id)).toMatchObject({ amendments: 0, spec: crawlOf('/a') });
      expect(await queue.amend('x', { maxPages: 1 })).toBeNull();
    });
  });

  describe('cancelling', () => {
    it('stops the run for good', async () => {
      await using harness = await open();
      const { queue, clock, events } = harness;
      const { id } = await queue.submit(crawlOf('/a'));
      const desk = new Desk({ stubborn: true });
      await using _worker = workAt(desk, queue);
      const run = await desk.next();
      expect(await queue.cancel(id)).toMatchObject({ status: 'cancelled', finishedAt: clock.now() });
      expect(await within('the run is stopped', run.stopped)).toBe('cancelled');
      run.complete();
      const next = await queue.submit(crawlOf('/b'));
      const second = await desk.next();
      expect(second.context.task.id).toBe(next.id);
      second.stop();
      expect(await recordOf(queue, id)).toMatchObject({ status: 'cancelled', result: null });
      const statuses = (await events.read(id, null, 100)).map(({ data }) => data['status']);
      expect(statuses).toContain('cancelled');
      expect(statuses).not.toContain('completed');
    });

    it('skips what was pending, and releases what is in progress', async () => {
      await using harness = await open();
      const { queue, frontiers } = harness;
      const { id } = await queue.submit(crawlOf('/a'));
      const desk = new Desk({ stubborn: true });
      await using _worker = workAt(desk, queue);
      const run = await desk.next();
      const crawl = await openCrawl(frontiers, {}, id);
      await crawl.add([found('/a'), found('/b'), found('/c')]);
      await crawl.complete([done(await claimPage(crawl, { owner: run.context.owner }))]);
      await claimPage(crawl, { owner: run.context.owner });
      await queue.cancel(id);
      expect(await crawl.claim(request())).toEqual({ kind: 'cancelled' });
      expect(await crawl.counts()).toMatchObject({ done: 1, active: 1, skipped: 1 });
      run.stop();
      const settled = await recordWhen(
        'the pages are handed back',
        queue,
        id,
        ({ counts }) => counts.active === 0,
      );
      expect(settled.counts).toEqual({ found: 3, done: 1, failed: 0, skipped: 2, pending: 0, active: 0 });
      expect(await statesOf(crawl)).toEqual({
        '/a': 'done',
        '/b': 'skipped cancelled',
        '/c': 'skipped cancelled',
      });
    });

    it('ends a task that nobody works on', async () => {
      await using harness = await open();
      const { queue, clock } = harness;
      const waiting = await queue.submit(crawlOf('/a'));
      const paused = await queue.submit(crawlOf('/b'));
      await queue.pause(paused.id);
      for (const { id } of [waiting, paused]) {
        expect(await queue.cancel(id)).toMatchObject({ status: 'cancelled', finishedAt: clock.now() });
      }
      const next = await queue.submit(crawlOf('/c'));
      const desk = new Desk();
      await using _worker = workAt(desk, queue, { concurrency: 3 });
      expect((await desk.next()).context.task.id).toBe(next.id);
      await quiescence(queue);
      expect(desk.begun).toBe(0);
    });
  });

  describe('control of a task', () => {
    it('that is unknown returns null', async () => {
      await using harness = await open();
      const { queue } = harness;
      expect([await queue.pause('x'), await queue.resume('x'), await queue.cancel('x')]).toEqual([
        null,
        null,
        null,
      ]);
    });

    it('that is completed or cancelled leaves it as it is', async () => {
      await using harness = await open();
      const { queue } = harness;
      const cancelled = await queue.submit(crawlOf('/a'));
      const completed = await queue.submit(crawlOf('/b'));
      await queue.cancel(cancelled.id);
      const desk = new Desk();
      await using _worker = workAt(desk, queue);
      (await desk.next()).complete();
      await recordWhen('the task is completed', queue, completed.id, ({ status }) => status === 'completed');
      for (const { id } of [cancelled, completed]) {
        const before = await recordOf(queue, id);
        expect(await queue.pause(id)).toEqual(before);
        expect(await queue.resume(id)).toEqual(before);
        expect(await queue.cancel(id)).toEqual(before);
      }
    });

    it('that failed runs it again when it is resumed', async () => {
      await using harness = await open();
      const { queue } = harness;
      const { id } = await queue.submit(crawlOf('/a', 'command'));
      const desk = new Desk();
      await using _worker = workAt(desk, queue, { queues: ['command'] });
      (await desk.next()).fail(new Error('broken'));
      await recordWhen('the task has failed', queue, id, ({ status }) => status === 'failed');
      expect(await queue.resume(id)).toMatchObject({ status: 'pending', error: null, finishedAt: null });
      expect((await desk.next()).context.task.id).toBe(id);
    });
  });

  describe('a worker', () => {
    it('hands back its tasks, their pages and their places at the gates when it is closed', async () => {
      await using harness = await open();
      const { queue, frontiers, gate, clock } = harness;
      const { id } = await queue.submit(crawlOf('/a'));
      const desk = new Desk();
      const worker = workAt(desk, queue);
      const run = await desk.next();
      const crawl = await openCrawl(frontiers, {}, id);
      await crawl.add([found('/a')]);
      await claimPage(crawl, { owner: run.context.owner });
      const enter = (owner: string) =>
        gate.enter('site.test', { concurrency: 1, delayMs: 0 }, owner, 60_000, 1);
      expect([await enter(run.context.owner), await enter('other')]).toMatchObject([
        { kind: 'open' },
        { kind: 'shut' },
      ]);
      await within('the worker is closed', worker.close());
      expect(await enter('other')).toMatchObject({ kind: 'open' });
      expect(await within('the run was stopped', run.stopped)).toBe('shutdown');
      expect(await recordOf(queue, id)).toMatchObject({
        status: 'pending',
        retries: 0,
        counts: { pending: 1 },
      });
      expect(clock.timers).toBe(0);
      await using _next = workAt(desk, queue);
      expect((await desk.next()).context.task.id).toBe(id);
    });

    it('takes nothing more once it is closed', async () => {
      await using harness = await open();
      const { queue } = harness;
      const desk = new Desk();
      await within('the worker is closed', workAt(desk, queue).close());
      const { id } = await queue.submit(crawlOf('/a'));
      await quiescence(queue);
      expect(await recordOf(queue, id)).toMatchObject({ status: 'pending' });
      expect(desk.begun).toBe(0);
    });

    it('takes over from one that was killed, but not from one that lives', async () => {
      await using harness = await open();
      const { queue, frontiers } = harness;
      const { id } = await queue.submit(crawlOf('/'));
      await using holder = await harness.startHolder();
      const desk = new Desk();
      await using worker = workAt(desk, queue);
      expect(await recordOf(queue, id)).toMatchObject({
        status: 'in_progress',
        counts: { found: 1, active: 1 },
      });
      expect(desk.begun).toBe(0);
      await holder.kill();
      worker.wake();
      const run = await desk.next();
      expect(run.context.task).toMatchObject({ id, status: 'in_progress', retries: 0 });
      const crawl = await frontiers.open(id, NO_LIMITS);
      expect(await crawl.counts()).toMatchObject({ found: 1, pending: 1, active: 0 });
      expect(await claimPage(crawl)).toMatchObject({ url: 'http://site.test/', attempt: 2 });
    });
  });
}
