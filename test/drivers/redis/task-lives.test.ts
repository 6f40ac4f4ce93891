import { describe, expect, it } from 'vitest';
import { WaymarkError } from '../../../src/core/errors.ts';
import { JobConsumer } from '../../../src/drivers/redis/task-jobs.ts';
import { filledOptions, type RedisTaskQueueOptions } from '../../../src/drivers/redis/task-options.ts';
import type { RedisTaskQueue } from '../../../src/drivers/redis/task-queue.ts';
import { systemClock } from '../../../src/drivers/system/clock.ts';
import type { TaskQueue } from '../../../src/ports/task-queue.ts';
import { claimPage, found, openCrawl } from '../../conformance/frontier/moves.ts';
import { Desk, type DeskRun, workAt } from '../../conformance/task-queue/desk.ts';
import { crawlOf, quiescence, recordOf, recordWhen } from '../../conformance/task-queue/specs.ts';
import { silentLogger } from '../../support/silent-logger.ts';
import { SimulatedClock } from '../../support/simulated-clock.ts';
import { within } from '../../support/within.ts';
import { startHolder } from './holder.ts';
import { openQueue } from './redis-queue.ts';
import { RedisSpace, withRedis } from './redis-under-test.ts';

/** BullMQ's own keys, three for each queue at most, and ours that belong to no task. */
const MAX_FIXED_KEYS = 20;

await withRedis('tasks in redis', (redis) => {
  /** A queue with a clock that stands still, so that no beat is heard of a run unless the test lets time pass. */
  function stillQueue(space: RedisSpace, options: Partial<RedisTaskQueueOptions> = {}) {
    const clock = new SimulatedClock();
    const { namespace } = space;
    return {
      ...openQueue(space.client, clock, { namespace, maxWaiting: 100, sweepMs: 1, ...options }),
      clock,
    };
  }

  /** Wakes the worker again and again until a run has begun. */
  async function runAfterWaking(worker: { wake(): void }, desk: Desk, queue: TaskQueue): Promise<DeskRun> {
    const next = desk.next();
    let begun = false;
    void next.then(() => {
      begun = true;
    });
    const wakeOn = async () => {
      while (!begun) {
        worker.wake();
        await queue.list({ status: null, cursor: null, limit: 1 });
      }
    };
    await within('a run begins', Promise.all([next, wakeOn()]));
    return next;
  }

  /** Resolves when no key of the space holds this text; wakes the worker meanwhile. */
  async function vanished(
    space: RedisSpace,
    worker: { wake(): void },
    text: string,
  ): Promise<readonly string[]> {
    const look = async () => {
      for (;;) {
        const keys = await space.keys();
        if (!keys.some((key) => key.includes(text))) return keys;
        worker.wake();
      }
    };
    return within(`no key holds ${text}`, look());
  }

  describe('submitting from many sides at once', () => {
    it('lets no more wait than may', async () => {
      await using space = new RedisSpace(redis);
      await using one = stillQueue(space, { maxWaiting: 5 });
      await using two = stillQueue(space, { maxWaiting: 5 });
      const calls = Array.from({ length: 40 }, (_, n) => (n % 2 ? one : two).queue.submit(crawlOf(`/${n}`)));
      const results = await Promise.allSettled(calls);
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
      const refused = results.filter((result) => result.status === 'rejected');
      expect(new Set(refused.map(({ reason }) => reason.code))).toEqual(new Set(['too-many-tasks']));
    });

    it('with one idempotency key makes one task and runs it once', async () => {
      await using space = new RedisSpace(redis);
      await using one = stillQueue(space);
      await using two = stillQueue(space);
      const calls = Array.from({ length: 20 }, (_, n) =>
        (n % 2 ? one : two).queue.submit(crawlOf('/'), { idempotencyKey: 'k' }),
      );
      const ids = new Set((await Promise.all(calls)).map(({ id }) => id));
      expect(ids.size).toBe(1);
      const desk = new Desk();
      await using _worker = workAt(desk, one.queue, { concurrency: 5 });
      (await desk.next()).complete();
      const [id = ''] = ids;
      await recordWhen('the task is completed', one.queue, id, ({ status }) => status === 'completed');
      expect(desk.begun).toBe(0);
    });
  });

  it('a task of the previous version is read, and its idempotency key holds', async () => {
    await using space = new RedisSpace(redis);
    await using stores = stillQueue(space);
    const { queue } = stores;
    const spec = crawlOf('/a');
    const { id } = await queue.submit(spec, { idempotencyKey: 'k' });
    const { client, namespace } = space;
    const stored = { ...spec, options: { ...spec.options, boards: 'all' } };
    await client.hset(`${namespace}:{${id}}:task`, 'spec', JSON.stringify(stored), 'dispatch', 1);
    const [key = ''] = (await space.keys()).filter((name) => name.includes(':key:'));
    await client.set(key, `${id} 1 digest-of-the-names-of-before`);
    const same = { ...spec, options: { ...spec.options, paginatedLists: 'all' as const } };
    expect(await queue.submit(same, { idempotencyKey: 'k' })).toMatchObject({ id, spec: same });
    const other = queue.submit(crawlOf('/b'), { idempotencyKey: 'k' });
    await expect(other).rejects.toMatchObject({ code: 'idempotency-conflict' });
  });

  it('a retry waits for the countdown that was set', async () => {
    await using space = new RedisSpace(redis);
    await using stores = stillQueue(space, { retryDelayMs: 500, retries: 1 });
    const { queue, clock } = stores;
    const { id } = await queue.submit(crawlOf('/a'));
    const desk = new Desk();
    await using worker = workAt(desk, queue);
    (await desk.next()).fail(new WaymarkError('crawl-failed', 'no'));
    await recordWhen('the task waits', queue, id, ({ status }) => status === 'pending');
    await clock.advance(500);
    worker.wake();
    (await desk.next()).fail(new WaymarkError('crawl-failed', 'no'));
    expect(
      await recordWhen('the task has failed', queue, id, ({ status }) => status === 'failed'),
    ).toMatchObject({
      retries: 1,
    });
  });

  describe('P27: a run that has lost its task', () => {
    it('changes nothing any more, and is stopped', async () => {
      await using space = new RedisSpace(redis);
      await using slow = stillQueue(space, { lockMs: 50 });
      const { id } = await slow.queue.submit(crawlOf('/a'));
      const slowDesk = new Desk({ stubborn: true });
      await using slowWorker = workAt(slowDesk, slow.queue);
      const lost = await slowDesk.next();
      await using quick = stillQueue(space, { lockMs: 50 });
      const desk = new Desk();
      await using worker = workAt(desk, quick.queue);
      const run = await runAfterWaking(worker, desk, quick.queue);
      expect(run.context.owner).not.toBe(lost.context.owner);
      await lost.context.report({ progress: 77, message: 'I am late' });
      expect(await recordOf(slow.queue, id)).toMatchObject({ status: 'in_progress', progress: 0 });
      slowWorker.wake();
      expect(await within('the lost run is stopped', lost.stopped)).toBe('shutdown');
      lost.fail(new WaymarkError('browser-not-found', 'I am late'));
      await within('its worker is closed', slowWorker.close());
      expect(await recordOf(quick.queue, id)).toMatchObject({ status: 'in_progress', error: null });
      run.complete();
      await recordWhen('the task is completed', quick.queue, id, ({ status }) => status === 'completed');
    });

    it('is noticed when its process stands still, and harms nothing when that goes on', async () => {
      await using space = new RedisSpace(redis);
      await using stores = stillQueue(space, { lockMs: 300 });
      const { queue, frontiers } = stores;
      const { id } = await queue.submit(crawlOf('/'));
      await using holder = await startHolder(redis.url, space.namespace, 300);
      const desk = new Desk();
      await using worker = workAt(desk, queue);
      holder.halt();
      const run = await runAfterWaking(worker, desk, queue);
      const crawl = await openCrawl(frontiers, {}, id);
      expect(await crawl.counts()).toMatchObject({ pending: 1, active: 0 });
      holder.goOn();
      run.complete();
      await recordWhen('the task is completed', queue, id, ({ status }) => status === 'completed');
    });

    it('has failed its task when that happens again and again without a completed page', async () => {
      await using space = new RedisSpace(redis);
      const open = () => stillQueue(space, { lockMs: 20, lossesAllowed: 1 });
      await using one = open();
      await using two = open();
      await using three = open();
      const { id } = await one.queue.submit(crawlOf('/a'));
      const desk = new Desk();
      await using _first = workAt(desk, one.queue);
      await desk.next();
      await using second = workAt(desk, two.queue);
      await runAfterWaking(second, desk, two.queue);
      await using third = workAt(desk, three.queue);
      const look = async () => {
        while ((await recordOf(three.queue, id)).status !== 'failed') third.wake();
      };
      await within('the task has failed', look());
      expect(await recordOf(three.queue, id)).toMatchObject({ error: { code: 'worker-lost' }, retries: 0 });
    });
  });

  describe('what a crash has left behind', () => {
    it('is mended: a task whose job was taken by a process that died', async () => {
      await using space = new RedisSpace(redis);
      const { namespace } = space;
      await using stores = stillQueue(space, { lockMs: 100, stalledCheckMs: 50 });
      const { queue } = stores;
      const { id } = await queue.submit(crawlOf('/a'));
      const options = filledOptions({ namespace, maxWaiting: 1, lockMs: 100, stalledCheckMs: 50 });
      const parts = { connection: space.client, options, clock: stores.clock, log: silentLogger };
      const consumer = new JobConsumer(parts, ['crawling']);
      expect(await consumer.next()).toMatchObject({ task: id });
      await consumer.close();
      const desk = new Desk();
      await using worker = workAt(desk, queue);
      expect((await runAfterWaking(worker, desk, queue)).context.task.id).toBe(id);
    });

    it('is mended: a task without a job', async () => {
      await using space = new RedisSpace(redis);
      await using stores = stillQueue(space);
      const { queue } = stores;
      const { id } = await queue.submit(crawlOf('/a'));
      for (const jobs of queue.dispatchQueues) await jobs.drain();
      const desk = new Desk();
      await using worker = workAt(desk, queue);
      expect((await runAfterWaking(worker, desk, queue)).context.task.id).toBe(id);
    });

    it('is mended: an index that has lost or invented something', async () => {
      await using space = new RedisSpace(redis);
      const index = `${space.namespace}:{tasks}`;
      await using stores = stillQueue(space);
      const { queue } = stores;
      const { id } = await queue.submit(crawlOf('/a'));
      const desk = new Desk();
      await using worker = workAt(desk, queue);
      await desk.next();
      await space.client.del(`${index}:running`);
      await space.client.zadd(`${index}:waiting`, 0, id);
      await space.client.zadd(`${index}:open`, 7, 'never-made');
      const isRight = async () =>
        (await space.client.zcard(`${index}:running`)) === 1 &&
        (await space.client.zcard(`${index}:waiting`)) === 0 &&
        (await space.client.zscore(`${index}:open`, 'never-made')) === null;
      const look = async () => {
        while (!(await isRight())) worker.wake();
      };
      await within('the index is right again', look());
    });
  });

  describe('helping with the crawl of another process', () => {
    it('begins when enough pages wait, and ends for a task of its own', async () => {
      await using space = new RedisSpace(redis);
      await using one = stillQueue(space, { helpFromPages: 2 });
      await using two = stillQueue(space, { helpFromPages: 2 });
      const { id } = await one.queue.submit(crawlOf('/a'));
      const [leaders, helpers] = [new Desk(), new Desk()];
      await using _leader = workAt(leaders, one.queue);
      const leader = await leaders.next();
      const crawl = await openCrawl(one.frontiers, {}, id);
      await crawl.add([found('/a'), found('/b'), found('/c')]);
      await using worker = workAt(helpers, two.queue);
      worker.wake();
      await quiescence(two.queue);
      expect(helpers.begun).toBe(0);
      await crawl.add([found('/d')]);
      worker.wake();
      const helper = await helpers.next();
      expect(helper.context).toMatchObject({ role: 'helper', task: { id } });
      await claimPage(crawl, { owner: helper.context.owner });
      await helper.context.report({ progress: 40, message: 'with help' });
      expect(await recordOf(one.queue, id)).toMatchObject({ progress: 40, message: 'with help' });
      const own = await two.queue.submit(crawlOf('/own'));
      expect(await within('the helper makes way', helper.stopped)).toBe('relieved');
      expect((await helpers.next()).context).toMatchObject({ role: 'leader', task: { id: own.id } });
      const left = async () => {
        const field = `helper:${helper.context.owner}`;
        while ((await space.client.hexists(`${space.namespace}:{${id}}:task`, field)) === 1);
      };
      await within('the helper has left', left());
      expect(await recordOf(one.queue, id)).toMatchObject({ counts: { active: 0, pending: 4 } });
      await helper.context.report({ progress: 50, message: 'late' });
      expect(await recordOf(one.queue, id)).toMatchObject({ progress: 40, status: 'in_progress' });
      leader.complete();
      await recordWhen('the task is completed', one.queue, id, ({ status }) => status === 'completed');
    });

    it('ends with the run of the leader', async () => {
      await using space = new RedisSpace(redis);
      await using one = stillQueue(space, { helpFromPages: 1 });
      await using two = stillQueue(space, { helpFromPages: 1 });
      const { id } = await one.queue.submit(crawlOf('/a'));
      const [leaders, helpers] = [new Desk(), new Desk()];
      await using _leader = workAt(leaders, one.queue);
      const leader = await leaders.next();
      await (await openCrawl(one.frontiers, {}, id)).add([found('/a'), found('/b')]);
      await using worker = workAt(helpers, two.queue);
      worker.wake();
      const helper = await helpers.next();
      leader.complete();
      expect(await within('the helper is stopped', helper.stopped)).toBe('shutdown');
    });
  });

  it('pause is heard by the worker of another process at once', async () => {
    await using space = new RedisSpace(redis);
    await using one = stillQueue(space);
    await using two = stillQueue(space);
    const { id } = await one.queue.submit(crawlOf('/a'));
    const desk = new Desk();
    await using _worker = workAt(desk, one.queue);
    const run = await desk.next();
    await two.queue.pause(id);
    expect(await within('the run is stopped', run.stopped, 2000)).toBe('paused');
  });

  describe('the job of a task, for an operator', () => {
    async function jobOf(queue: RedisTaskQueue, id: string) {
      const job = await queue.dispatchQueues[0]?.getJob(id);
      if (job === undefined) throw new Error(`there is no job ${id}`);
      return { name: job.name, data: job.data, progress: job.progress, state: await job.getState(), job };
    }

    it('is named by its URL, and shows the spec without secrets, the progress and the end', async () => {
      await using space = new RedisSpace(redis);
      await using stores = stillQueue(space);
      const { queue } = stores;
      const webhook = { url: 'http://hook.test/token', secret: 'whsec_c2VjcmV0', events: [] };
      const { id, spec } = await queue.submit({ ...crawlOf('/a'), webhook });
      expect(await jobOf(queue, id)).toMatchObject({
        name: spec.options.url,
        data: {
          task: id,
          spec: { options: spec.options, webhook: { url: 'http://hook.test', secret: null } },
        },
        state: 'waiting',
      });
      const desk = new Desk();
      await using _worker = workAt(desk, queue);
      const run = await desk.next();
      await run.context.report({ progress: 40, message: 'Crawling' });
      expect(await jobOf(queue, id)).toMatchObject({ progress: 40, state: 'active' });
      run.complete();
      await jobInState(queue, id, 'completed');
      const { job } = await jobOf(queue, id);
      expect(job.returnvalue).toMatchObject({ pagesCrawled: 3, pagesFailed: 1 });
    });

    it('is kept with the reason when its task failed or was cancelled', async () => {
      await using space = new RedisSpace(redis);
      await using stores = stillQueue(space);
      const { queue } = stores;
      const failed = await queue.submit(crawlOf('/failed'));
      const cancelled = await queue.submit(crawlOf('/cancelled'));
      await queue.cancel(cancelled.id);
      const desk = new Desk();
      await using _worker = workAt(desk, queue);
      (await desk.next()).fail(new WaymarkError('browser-not-found', 'no browser'));
      for (const { id } of [failed, cancelled]) await jobInState(queue, id, 'failed');
      expect((await jobOf(queue, failed.id)).job.failedReason).toBe('no browser');
      expect((await jobOf(queue, cancelled.id)).job.failedReason).toBe('Cancelled');
    });

    it('of a task that a worker of it alone has run does not go on waiting', async () => {
      await using space = new RedisSpace(redis);
      await using stores = stillQueue(space);
      const { queue } = stores;
      const { id } = await queue.submit(crawlOf('/a'));
      const desk = new Desk();
      await using _worker = workAt(desk, queue, { only: id });
      (await desk.next()).complete();
      const removed = async () => {
        while ((await queue.dispatchQueues[0]?.getJob(id)) !== undefined);
      };
      await within('the job is removed', removed());
    });

    it('is delayed while its task waits for a retry or is paused, and waits again afterwards', async () => {
      await using space = new RedisSpace(redis);
      await using stores = stillQueue(space);
      const { queue } = stores;
      const { id } = await queue.submit(crawlOf('/a'));
      const desk = new Desk();
      await using worker = workAt(desk, queue);
      (await desk.next()).fail(new WaymarkError('crawl-failed', 'no'));
      await jobInState(queue, id, 'delayed');
      await stores.clock.advance(60_000);
      worker.wake();
      await desk.next();
      await queue.pause(id);
      await jobInState(queue, id, 'delayed');
      await queue.resume(id);
      (await desk.next()).complete();
      await jobInState(queue, id, 'completed');
    });

    function jobInState(queue: RedisTaskQueue, id: string, state: string): Promise<void> {
      const look = async () => {
        while ((await jobOf(queue, id)).state !== state);
      };
      return within(`the job is ${state}`, look());
    }
  });

  describe('P6: a task that has ended leaves no key behind its expiry', () => {
    it('completed, cancelled, failed, or cancelled while a worker held it', async () => {
      await using space = new RedisSpace(redis);
      await using stores = stillQueue(space, { resultExpiresSeconds: 1 });
      const { queue, frontiers } = stores;
      const desk = new Desk({ stubborn: true });
      const submitted: string[] = [];
      const submit = async (path: string) => {
        const { id } = await queue.submit(crawlOf(path), { idempotencyKey: path });
        submitted.push(id);
        return id;
      };
      await queue.cancel(await submit('/before-it-was-run'));
      await using worker = workAt(desk, queue);
      const completed = await submit('/completed');
      const run = await desk.next();
      const crawl = await openCrawl(frontiers, {}, completed);
      await crawl.add([found('/a'), found('/b')]);
      await claimPage(crawl, { owner: run.context.owner });
      await run.context.report({ progress: 50, message: 'half' });
      run.complete();
      await submit('/failed');
      (await desk.next()).fail(new WaymarkError('browser-not-found', 'no'));
      const held = await submit('/held');
      const last = await desk.next();
      await queue.cancel(held);
      await within(
        'no record is left',
        (async () => {
          while ((await queue.get(held)) !== null) worker.wake();
        })(),
      );
      await openCrawl(frontiers, {}, held);
      await last.context.report({ progress: 50, message: 'late' });
      last.stop();
      for (const id of submitted) await vanished(space, worker, id);
      const keys = await vanished(space, worker, ':key:');
      expect(keys.length).toBeLessThanOrEqual(MAX_FIXED_KEYS);
      expect(keys.filter((key) => !/\{(dispatch|tasks)\}/.test(key))).toEqual([]);
    });

    it('unless it failed and was resumed', async () => {
      await using space = new RedisSpace(redis);
      await using stores = stillQueue(space, { resultExpiresSeconds: 3600 });
      const { queue, frontiers } = stores;
      const { id } = await queue.submit(crawlOf('/a'), { idempotencyKey: 'k' });
      await (await openCrawl(frontiers, {}, id)).add([found('/a')]);
      const desk = new Desk();
      await using worker = workAt(desk, queue);
      (await desk.next()).fail(new WaymarkError('browser-not-found', 'no'));
      await recordWhen('the task has failed', queue, id, ({ status }) => status === 'failed');
      await worker.close();
      const lasting = async () => {
        const keys = (await space.keys()).filter((key) => key.includes(id) || key.includes(':key:'));
        const ttls = await Promise.all(keys.map((key) => space.client.ttl(key)));
        return { keys: keys.length, lasting: ttls.filter((ttl) => ttl === -1).length };
      };
      const failed = await lasting();
      expect(failed.keys).toBeGreaterThan(4);
      expect(failed.lasting).toBe(0);
      await queue.resume(id);
      const resumed = await lasting();
      expect(resumed.lasting).toBe(resumed.keys);
    });
  });

  it('P7: 2,000 tasks through the queue leave a bounded number of keys', async () => {
    await using space = new RedisSpace(redis);
    const { namespace } = space;
    await using stores = openQueue(space.client, systemClock, {
      namespace,
      maxWaiting: 2000,
      resultExpiresSeconds: 1,
      sweepMs: 100,
      stalledCheckMs: 500,
    });
    const { queue } = stores;
    let ended = 0;
    const all = Promise.withResolvers<void>();
    await Promise.all(Array.from({ length: 2000 }, (_, n) => queue.submit(crawlOf(`/${n}`))));
    const worker = queue.work(
      async () => {
        ended += 1;
        if (ended === 2000) all.resolve();
        throw new WaymarkError('browser-not-found', 'no');
      },
      { queues: ['crawling'], concurrency: 20 },
    );
    await within('all tasks have run', all.promise, 60_000);
    const bounded = async () => {
      while ((await space.keys()).length > MAX_FIXED_KEYS);
    };
    await within('few keys are left', bounded(), 20_000);
    expect(ended).toBe(2000);
    await worker.close();
  }, 90_000);
});
