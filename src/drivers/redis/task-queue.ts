import { createHash, randomUUID } from 'node:crypto';
import type { Queue } from 'bullmq';
import type { Cluster, Redis } from 'ioredis';
import { messageOf, WaymarkError } from '../../core/errors.ts';
import type { OptionChanges } from '../../model/crawl-options.ts';
import type { QueueName, TaskFilter, TaskPage, TaskRecord, TaskSpec } from '../../model/task.ts';
import type {
  SubmitOptions,
  TaskHandler,
  TaskQueue,
  TaskWorker,
  WorkOptions,
} from '../../ports/task-queue.ts';
import { type StoredTask, specDigest } from './task-fields.ts';
import { TaskFollower } from './task-follower.ts';
import { TaskHelp } from './task-help.ts';
import { TaskIndex } from './task-index.ts';
import { JobConsumer, type JobParts, TaskJobs } from './task-jobs.ts';
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

const MAX_PRIORITY = 1000;

/**
 * Tasks in Redis, worked on by any number of processes. The record of a task is the truth; a BullMQ job dispatches it and
 * shows it to an operator (docs/decisions/0020). Calls reject with a `WaymarkError`, and wait while Redis is unavailable.
 */
export class RedisTaskQueue implements TaskQueue, AsyncDisposable {
  readonly #parts: TaskQueueParts;
  readonly #options: TaskQueueOptions;
  readonly #records: TaskRecords;
  readonly #index: TaskIndex;
  readonly #lists: TaskLists;
  readonly #jobParts: JobParts;
  readonly #jobs: TaskJobs;
  readonly #signals: TaskSignals;
  readonly #follower: TaskFollower;
  readonly #workers = new Set<RedisTaskWorker>();

  /** `connection` waits out outages (`maxRetriesPerRequest: null`, as `openRedis` makes it) and stays open afterwards. */
  constructor(connection: Redis | Cluster, parts: TaskQueueParts, options: RedisTaskQueueOptions) {
    const { clock, log } = parts;
    this.#parts = parts;
    this.#options = filledOptions(options);
    this.#records = new TaskRecords(connection, clock, this.#options);
    this.#index = new TaskIndex(connection, clock, this.#options);
    this.#lists = new TaskLists(this.#index, this.#records);
    this.#jobParts = { connection, options: this.#options, clock, log };
    this.#jobs = new TaskJobs(this.#jobParts);
    this.#signals = new TaskSignals(connection, this.#options.namespace);
    this.#follower = new TaskFollower({
      ...parts,
      index: this.#index,
      jobs: this.#jobs,
      signals: this.#signals,
      options: this.#options,
    });
  }

  /** BullMQ's queues, for the board. */
  get dispatchQueues(): readonly Queue[] {
    return this.#jobs.queues;
  }

  async submit(spec: TaskSpec, { idempotencyKey, priority = 0 }: SubmitOptions = {}): Promise<TaskRecord> {
    const key = idempotencyKey === undefined ? '' : createHash('sha256').update(idempotencyKey).digest('hex');
    const { id, n, isSame } = await this.#index.enter({ id: randomUUID(), key, digest: specDigest(spec) });
    if (!isSame) await this.#requireSame(id, spec);
    const task = await this.#records.create({
      id,
      n,
      spec,
      priority: Math.min(Math.max(0, Math.trunc(priority)), MAX_PRIORITY),
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
    if (task?.status === 'failed') await this.#follower.persist(id);
    const resumed = await this.#control(id, 'resume');
    if (resumed === null && task !== null) await this.#follower.forget(id);
    return resumed;
  }

  async amend(id: string, changes: OptionChanges): Promise<TaskRecord | null> {
    const task = await this.#records.amend(id, changes);
    if (task !== null) await this.#emitStatus(task.record);
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

  /** Closes its workers and what it has opened; the connection that the caller passed in stays open. */
  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#workers].map((worker) => worker.close()));
    await this.#jobs.close();
    this.#signals.close();
  }

  #workerParts({ queues, only }: WorkOptions) {
    const { events, clock, log } = this.#parts;
    const shared = {
      records: this.#records,
      index: this.#index,
      jobs: this.#jobs,
      follower: this.#follower,
      options: this.#options,
      signals: this.#signals,
      events,
      clock,
      log,
    };
    return {
      ...shared,
      consumer: only === undefined ? new JobConsumer(this.#jobParts, queues) : null,
      help: new TaskHelp(shared, this.#options, queues),
      reaper: new TaskReaper(shared),
    };
  }

  /** The digest of a previous version differs for the same spec, so specs that its records hold are compared as well. */
  async #requireSame(id: string, spec: TaskSpec): Promise<void> {
    const entered = await this.#records.read(id);
    if (entered !== null && specDigest(entered.submitted) === specDigest(spec)) return;
    throw new WaymarkError('idempotency-conflict', 'Use a new Idempotency-Key for a request that differs.');
  }

  async #control(id: string, action: TaskAction): Promise<TaskRecord | null> {
    const controlled = await this.#records.control(id, action);
    if (controlled === null) return null;
    const { changed, task } = controlled;
    if (changed) await this.#changed(task);
    return task.record;
  }

  async #changed(task: StoredTask): Promise<void> {
    await this.#emitStatus(task.record);
    await this.#follow(task);
    for (const worker of this.#workers) worker.wake();
  }

  #emitStatus({ id, status, message }: TaskRecord): Promise<void> {
    return this.#parts.events.append(id, [{ type: 'status', data: { status, message } }]);
  }

  /** The record is stored already; what fails here, the next sweep repeats. */
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
