import { createHmac } from 'node:crypto';
import { describe, expect, it, onTestFinished } from 'vitest';
import { WebhookSender } from '../../../actors/webhooks/webhook-sender.ts';
import { HttpAgent } from '../../../pools/http/http-agent.ts';
import { createWebhookClient } from '../../../pools/http/webhook-client.ts';
import { GuardedLookup } from '../../../pools/net/guarded-lookup.ts';
import { crawlResultView } from '../../../src/api/tasks/task-view.ts';
import { WaymarkError } from '../../../src/core/errors.ts';
import { AccessPolicy } from '../../../src/core/net/access-policy.ts';
import { SqliteEventLog } from '../../../src/drivers/sqlite/event-log.ts';
import { SqliteTaskQueue } from '../../../src/drivers/sqlite/task-queue.ts';
import { SqliteWebhookOutbox } from '../../../src/drivers/sqlite/webhook-outbox.ts';
import { systemClock } from '../../../src/drivers/system/clock.ts';
import type { NewTaskEvent, TaskRecord } from '../../../src/model/task.ts';
import type { WebhookEvent, WebhookSpec, WebhookStatus } from '../../../src/model/webhook.ts';
import type { Logger } from '../../../src/ports/logger.ts';
import { resultOf } from '../../conformance/task-queue/desk.ts';
import { crawlOf } from '../../conformance/task-queue/specs.ts';
import { TemporaryStorage } from '../../drivers/sqlite/storage.ts';
import { FastClock } from '../../support/fast-clock.ts';
import { startReceiver } from '../../support/webhook-receiver.ts';
import { within } from '../../support/within.ts';

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const DEFAULT_SECRET = `whsec_${Buffer.alloc(32, 9).toString('base64')}`;
const EVENTS: readonly WebhookEvent[] = ['started', 'completed', 'failed'];

/** Time that passes so fast that retries take no time, but no lease runs out under way. */
const SPEED = 20;

/** A task queue with its outbox, on which senders may be started. */
class Stage implements AsyncDisposable {
  readonly clock = new FastClock(SPEED);
  readonly logged: string[] = [];
  readonly outbox: SqliteWebhookOutbox;
  readonly #storage: TemporaryStorage;
  readonly #events: SqliteEventLog;
  readonly #tasks: SqliteTaskQueue;

  private constructor(storage: TemporaryStorage) {
    this.#storage = storage;
    this.outbox = new SqliteWebhookOutbox(storage.database, this.clock);
    this.#events = new SqliteEventLog(storage.database, this.clock);
    this.#tasks = new SqliteTaskQueue(storage.database, this.#events, this.clock, this.#log, {
      maxWaiting: 9,
    });
  }

  static async open(): Promise<Stage> {
    return new Stage(await TemporaryStorage.open());
  }

  get #log(): Logger {
    const record = (message: string, fields: object = {}) => {
      this.logged.push(`${message} ${JSON.stringify(fields)}`);
    };
    return { debug: record, info: record, warn: record, error: record };
  }

  /** Submits a task and runs it to its end; its run appends these events. */
  async ended(
    webhook: WebhookSpec,
    events: readonly NewTaskEvent[] = [],
    failure?: Error,
  ): Promise<TaskRecord> {
    const { id } = await this.#tasks.submit({ ...crawlOf('/'), webhook });
    await this.outbox.enqueue(id);
    const run = Promise.withResolvers<void>();
    const worker = this.#tasks.work(
      async (context) => {
        await this.#events.append(id, events);
        run.resolve();
        if (failure !== undefined) throw failure;
        return { kind: 'completed', result: resultOf(context) };
      },
      { queues: ['crawling'], concurrency: 1, only: id },
    );
    await within('the task is run', run.promise);
    await worker.close();
    return this.record(id);
  }

  async record(id: string): Promise<TaskRecord> {
    const record = await this.#tasks.get(id);
    if (record === null) throw new Error('the task is gone');
    return record;
  }

  sender(attempts = 5): WebhookSender {
    const agent = new HttpAgent({
      clock: systemClock,
      lookup: new GuardedLookup({ policy: new AccessPolicy(['127.0.0.1']) }),
    });
    const sender = new WebhookSender(
      {
        resultBody: crawlResultView,
        outbox: this.outbox,
        tasks: this.#tasks,
        events: this.#events,
        client: createWebhookClient(agent),
        clock: this.clock,
        log: this.#log,
        random: () => 0.5,
      },
      { defaultSecret: DEFAULT_SECRET, attempts },
    );
    onTestFinished(async () => {
      await sender.close();
      await agent.destroy();
    });
    return sender;
  }

  /** How the deliveries stand once there is nothing more to send. */
  async allDelivered({ id }: TaskRecord): Promise<WebhookStatus> {
    const look = async (): Promise<WebhookStatus> => {
      for (;;) {
        const standing = await this.outbox.status(id);
        if (standing?.ended) return standing;
      }
    };
    return within('all is delivered', look(), 20_000);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#storage[Symbol.asyncDispose]();
  }
}

const pages = (count: number): readonly NewTaskEvent[] =>
  Array.from({ length: count }, (_, n) => ({ type: 'page', data: { url: `http://site.test/${n}` } }));

describe('the sender of webhooks', { timeout: 30_000 }, () => {
  it('sends start, pages and end in this order, signed', async () => {
    await using receiver = await startReceiver();
    await using stage = await Stage.open();
    const webhook = { url: receiver.url, secret: SECRET, events: [...EVENTS, 'page'] } as const;
    const task = await stage.ended(webhook, pages(150));
    const sender = stage.sender();
    expect(await stage.allDelivered(task)).toMatchObject({ delivered: 4, dropped: 0, lastError: null });
    expect(sender.figures).toEqual({ delivered: 4, retried: 0, dropped: 0 });
    const types = receiver.messages.map(({ body }) => body.type);
    expect(types).toEqual(['started', 'page', 'page', 'completed']);
    const told = receiver.messages.flatMap(
      ({ body }) => (body.data['pages'] as { url: string }[] | undefined) ?? [],
    );
    expect(told.map(({ url }) => url)).toEqual(pages(150).map(({ data }) => data['url']));
    expect(new Set(receiver.messages.map(({ body }) => body.id)).size).toBe(4);
    for (const { headers, text, body } of receiver.messages) {
      expect([body.task_id, headers['webhook-id']]).toEqual([task.id, body.id]);
      const signed = `${body.id}.${headers['webhook-timestamp']}.${text}`;
      const expected = createHmac('sha256', Buffer.alloc(32, 7)).update(signed).digest('base64');
      expect(headers['webhook-signature']).toBe(`v1,${expected}`);
      expect(text).not.toContain('whsec_');
    }
  });

  it('signs with the default secret if a task has none, and sends only the requested events', async () => {
    await using receiver = await startReceiver();
    await using stage = await Stage.open();
    const task = await stage.ended({ url: receiver.url, secret: null, events: ['completed'] }, pages(5));
    stage.sender();
    expect(await stage.allDelivered(task)).toMatchObject({ delivered: 1 });
    const [message] = receiver.messages;
    const signed = `${message?.body.id}.${message?.headers['webhook-timestamp']}.${message?.text}`;
    const expected = createHmac('sha256', Buffer.alloc(32, 9)).update(signed).digest('base64');
    expect(message?.headers['webhook-signature']).toBe(`v1,${expected}`);
  });

  it('reports a failure, but not one after which the task runs again', async () => {
    await using receiver = await startReceiver();
    await using stage = await Stage.open();
    const webhook = { url: receiver.url, secret: null, events: EVENTS };
    const again = await stage.ended(webhook, [], new Error('broken'));
    const failed = await stage.ended(webhook, [], new WaymarkError('seed-failed', 'No answer.'));
    expect([again.status, failed.status]).toEqual(['pending', 'failed']);
    stage.sender();
    await stage.allDelivered(failed);
    await receiver.received(3);
    const eventsOf = ({ id }: TaskRecord) =>
      receiver.messages.filter(({ body }) => body.task_id === id).map(({ body }) => body.type);
    expect([eventsOf(again), eventsOf(failed)]).toEqual([['started'], ['started', 'failed']]);
    expect(await stage.outbox.status(again.id)).toMatchObject({ ended: false });
  });

  it('tries again until the receiver is back, with the same message, and in order', async () => {
    await using receiver = await startReceiver((n) => (n < 3 ? 503 : 200));
    await using stage = await Stage.open();
    const task = await stage.ended({ url: receiver.url, secret: SECRET, events: EVENTS });
    const sender = stage.sender();
    expect(await stage.allDelivered(task)).toMatchObject({ delivered: 2, dropped: 0, failures: 0 });
    expect(receiver.messages.map(({ body }) => body.type)).toEqual([
      'started',
      'started',
      'started',
      'started',
      'completed',
    ]);
    expect(new Set(receiver.messages.slice(0, 4).map(({ text }) => text)).size).toBe(1);
    expect(sender.figures).toEqual({ delivered: 2, retried: 3, dropped: 0 });
  });

  it('goes on where another one left off, after the task has ended', async () => {
    await using receiver = await startReceiver((n) => (n === 1 ? 500 : 200));
    await using stage = await Stage.open();
    const task = await stage.ended({ url: receiver.url, secret: SECRET, events: EVENTS });
    const first = stage.sender();
    await receiver.received(2);
    await first.close();
    const stood = await stage.outbox.status(task.id);
    expect(stood).toMatchObject({ delivered: 1, ended: false });
    stage.sender();
    await stage.allDelivered(task);
    const ends = receiver.messages.filter(({ body }) => body.type === 'completed');
    expect(ends.length).toBeGreaterThanOrEqual(2);
    expect(new Set(ends.map(({ text }) => text)).size).toBe(1);
    expect(receiver.messages.filter(({ body }) => body.type === 'started')).toHaveLength(1);
  });

  it('sends each message once, however many senders there are', async () => {
    await using receiver = await startReceiver();
    await using stage = await Stage.open();
    const webhook = { url: receiver.url, secret: SECRET, events: [...EVENTS, 'page'] } as const;
    const tasks = await Promise.all([1, 2, 3].map(() => stage.ended(webhook, pages(250))));
    for (let n = 0; n < 3; n += 1) stage.sender();
    for (const task of tasks) await stage.allDelivered(task);
    const ids = receiver.messages.map(({ body }) => body.id);
    expect(ids).toHaveLength(3 * 5);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('drops what is refused, counts it, and logs neither secret nor address', async () => {
    await using receiver = await startReceiver((n) => (n === 0 ? 404 : 200));
    await using stage = await Stage.open();
    const task = await stage.ended({ url: receiver.url, secret: SECRET, events: EVENTS });
    stage.sender();
    expect(await stage.allDelivered(task)).toMatchObject({ delivered: 1, dropped: 1 });
    const log = stage.logged.join('\n');
    expect(log).toContain('a webhook message was dropped');
    expect(log).toContain('status 404');
    expect(log).not.toContain('whsec_');
    expect(log).not.toContain('in-the-url');
  });

  it('gives up what is never taken, but tries the end as often as anything', async () => {
    await using receiver = await startReceiver(() => 500);
    await using stage = await Stage.open();
    const webhook = { url: receiver.url, secret: SECRET, events: [...EVENTS, 'page'] } as const;
    const task = await stage.ended(webhook, pages(250));
    stage.sender(3);
    expect(await stage.allDelivered(task)).toMatchObject({
      delivered: 0,
      dropped: 5,
      lastError: 'status 500',
    });
    const tries = receiver.messages.map(({ body }) => body.type);
    const [started, page, completed] = ['started', 'page', 'completed'].map(
      (type) => tries.filter((tried) => tried === type).length,
    );
    expect([started, page, completed]).toEqual([3, 3, 3]);
  });

  it('sends nothing more to a receiver that responds 410', async () => {
    await using receiver = await startReceiver(() => 410);
    await using stage = await Stage.open();
    const task = await stage.ended({ url: receiver.url, secret: SECRET, events: EVENTS });
    stage.sender();
    expect(await stage.allDelivered(task)).toMatchObject({
      delivered: 0,
      dropped: 1,
      lastError: 'status 410',
    });
    expect(receiver.messages).toHaveLength(1);
  });

  it('says that pages are missing which the log no longer has', async () => {
    await using receiver = await startReceiver();
    await using stage = await Stage.open();
    const task = await stage.ended({ url: receiver.url, secret: null, events: ['page'] }, pages(6000));
    stage.sender();
    await stage.allDelivered(task);
    expect(receiver.messages[0]?.body.data).toMatchObject({ gap: true });
    expect(receiver.messages[1]?.body.data).toMatchObject({ gap: false });
    const told = receiver.messages.flatMap(({ body }) => body.data['pages'] as { url: string }[]);
    expect(told.at(-1)?.url).toBe('http://site.test/5999');
    expect(told.length).toBeGreaterThan(4500);
  });
});
