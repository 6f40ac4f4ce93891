import { createHash, randomUUID } from 'node:crypto';
import type { Queue } from 'bullmq';
import type { Cluster, Redis } from 'ioredis';
import { messageOf } from '../../core/errors.ts';
import type { OptionChanges } from '../../model/crawl-options.ts';
import type { QueueName, TaskFilter, TaskPage, TaskRecord, TaskSpec } from '../../model/task.ts';
import type {
  SubmitOptions,
  TaskHandler,
  TaskQueue,
  TaskWorker,
  WorkOptions,
} from '../../ports/task-queue.ts';
import { digestOf } from './digest-of.ts';
import { DispatchConsumer } from './dispatch-consumer.ts';
import { Dispatcher } from './dispatcher.ts';
import { StalledTaskRecovery } from './stalled-task-recovery.ts';
import type { StoredTask } from './task-fields.ts';
import { TaskFollower } from './task-follower.ts';
import { TaskHelp } from './task-help.ts';
import { TaskIndex } from './task-index.ts';
import { TaskLists } from './task-lists.ts';
import {
  filledOptions,
  type RedisTaskQueueOptions,
  type TaskQueueOptions,
  type TaskQueueParts,
} from './task-options.ts';
import { TaskReaper } from './task-reaper.ts';
import { type TaskAction, TaskRecords } from './task-records.ts';
import { TaskSignals } from './task-signals.ts';
import { RedisTaskWorker } from './task-worker.ts';

/** Smaller numbers go first; more than BullMQ can order by are of no use. */
const LARGEST_PRIORITY = 1000;

/**
 * Tasks in Redis, worked on by any number of processes (docs/decisions/0006). The record of a task is the truth; BullMQ
 * wakes the worker that takes it. Calls reject with a `WaymarkError`, and wait while Redis cannot be reached.
 */
export class RedisTaskQueue implements TaskQueue, AsyncDisposable {
  readonly #connection: Redis | Cluster;
  readonly #parts: TaskQueueParts;
  readonly #options: TaskQueueOptions;
  readonly #records: TaskRecords;
  readonly #index: TaskIndex;
  readonly #lists: TaskLists;
  readonly #dispatcher: Dispatcher;
  readonly #signals: TaskSignals;
  readonly #follower: TaskFollower;
  readonly #workers = new Set<RedisTaskWorker>();

  /** `connection` waits out outages (`maxRetriesPerRequest: null`, as `openRedis` makes it) and stays open afterwards. */
  constructor(connection: Redis | Cluster, parts: TaskQueueParts, options: RedisTaskQueueOptions) {
    const { clock, log } = parts;
    this.#connection = connection;
    this.#parts = parts;
    this.#options = filledOptions(options);
    this.#records = new TaskRecords(connection, clock, this.#options);
    this.#index = new TaskIndex(connection, clock, this.#options);
    this.#lists = new TaskLists(this.#index, this.#records);
    this.#dispatcher = new Dispatcher(connection, this.#options.namespace, log);
    this.#signals = new TaskSignals(connection, this.#options.namespace);
    this.#follower = new TaskFollower({
      ...parts,
      index: this.#index,
      dispatcher: this.#dispatcher,
      signals: this.#signals,
      options: this.#options,
    });
  }

  /** BullMQ's queues, for an operator's view of them: what waits, and what is being worked on. */
  get dispatchQueues(): readonly Queue[] {
    return this.#dispatcher.queues;
  }

  async submit(spec: TaskSpec, { idempotencyKey, priority = 0 }: SubmitOptions = {}): Promise<TaskRecord> {
    const key = idempotencyKey === undefined ? '' : createHash('sha256').update(idempotencyKey).digest('hex');
    const entry = await this.#index.enter({ id: randomUUID(), key, digest: digestOf(spec) });
    const task = await this.#records.create({
      ...entry,
      spec,
      priority: Math.min(Math.max(0, Math.trunc(priority)), LARGEST_PRIORITY),
      createdAt: this.#parts.clock.now(),
    });
    await this.#follow(task);
    return task.record;
  }

  async get(id: string): Promise<TaskRecord | null> {
    return (await this.#records.read(id))?.record ?? null;
  }

  list(filter: TaskFilter): Promise<TaskPage> {
    return this.#lists.page(filter);
  }

  findUnfinished(queue: QueueName, url: string): Promise<TaskRecord | null> {
    return this.#lists.unfinished(queue, url);
  }

  cancel(id: string): Promise<TaskRecord | null> {
    return this.#control(id, 'cancel');
  }

  pause(id: string): Promise<TaskRecord | null> {
    return this.#control(id, 'pause');
  }

  async resume(id: string): Promise<TaskRecord | null> {
    const task = await this.get(id);
    if (task?.status === 'failed') await this.#follower.keep(id);
    const resumed = await this.#control(id, 'resume');
    if (resumed === null && task !== null) await this.#follower.forget(id);
    return resumed;
  }

  async amend(id: string, changes: OptionChanges): Promise<TaskRecord | null> {
    const task = await this.#records.amend(id, changes);
    if (task !== null) await this.#tell(task.record);
    return task?.record ?? null;
  }

  work(handler: TaskHandler, options: WorkOptions): TaskWorker {
    const worker = new RedisTaskWorker(this.#workerParts(options), handler, options, () =>
      this.#workers.delete(worker),
    );
    this.#workers.add(worker);
    worker.wake();
    return worker;
  }

  /** Closes its workers and what it has opened; the connection that was handed in stays open. */
  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#workers].map((worker) => worker.close()));
    await this.#dispatcher.close();
    this.#signals.close();
  }

  #workerParts({ queues, only }: WorkOptions) {
    const { events, clock, log } = this.#parts;
    const [records, index, follower, options] = [this.#records, this.#index, this.#follower, this.#options];
    return {
      records,
      follower,
      events,
      clock,
      log,
      options,
      signals: this.#signals,
      taker: only === undefined ? new DispatchConsumer(this.#connection, queues, options, log) : null,
      help: new TaskHelp({ index, records, clock }, options, queues),
      lost: new StalledTaskRecovery({ index, records, follower, log, lockMs: options.lockMs }),
      sweeper: new TaskReaper(index, records, follower, options.sweepMs),
    };
  }

  async #control(id: string, action: TaskAction): Promise<TaskRecord | null> {
    const answer = await this.#records.control(id, action);
    if (answer === null) return null;
    if (answer.changed) await this.#changed(answer.task);
    return answer.task.record;
  }

  async #changed(task: StoredTask): Promise<void> {
    await this.#tell(task.record);
    if (task.record.status !== 'pending') await this.#dispatcher.remove(task);
    await this.#follow(task);
    for (const worker of this.#workers) worker.wake();
  }

  #tell({ id, status, message }: TaskRecord): Promise<void> {
    return this.#parts.events.append(id, [{ type: 'status', data: { status, message } }]);
  }

  /** The record holds already; what could not be done now is done by the next sweep. */
  async #follow(task: StoredTask): Promise<void> {
    try {
      await this.#follower.follow(task);
    } catch (error) {
      this.#parts.log.warn('a task could not be dispatched yet', {
        task: task.record.id,
        error: messageOf(error),
      });
    }
  }
}
