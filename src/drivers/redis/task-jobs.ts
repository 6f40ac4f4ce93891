import { randomUUID } from 'node:crypto';
import { ErrorCode, type Job, type JobsOptions, Queue, Worker } from 'bullmq';
import type { Cluster, Redis } from 'ioredis';
import { messageOf } from '../../core/errors.ts';
import { isFinal } from '../../core/tasks/run-outcome.ts';
import type { QueueName, TaskRecord, TaskSpec } from '../../model/task.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Logger } from '../../ports/logger.ts';
import { ownerName } from '../system/process-identity.ts';
import { dispatchPrefix } from './keys.ts';
import { redisReply } from './redis-error.ts';
import { placeOf, type StoredTask } from './task-fields.ts';
import type { TaskQueueOptions } from './task-options.ts';

const QUEUE_NAMES: readonly QueueName[] = ['crawling', 'pagination', 'command'];
/** Entries of BullMQ's own event stream, which nobody reads; its default is 10,000 for each queue. */
const BULL_EVENTS_KEPT = 100;
/** The task record counts lost runs and gives up; BullMQ must never fail a job because its workers died. */
const NEVER_GIVE_UP = 1_000_000;
/** A job that was taken while a run holds its task, which only happens after an outage, is looked at again after this. */
const BUSY_MS = 10_000;
/** The same for a job whose task is paused. Resuming dispatches it at once. */
const PAUSED_MS = 24 * 60 * 60 * 1000;

/** Data of a job, for an operator: the task and what it was submitted with, without secrets. */
export interface JobData {
  readonly task: string;
  readonly spec: TaskSpec;
}

/** A job that this process has taken. Its lock bears the name of the run that it is for. */
export interface TakenJob {
  readonly task: string;
  readonly owner: string;
  /** Keeps other workers from taking it. */
  extend(): Promise<void>;
  /** Moves it to the state that its task is in; null removes it. */
  settle(task: StoredTask | null): Promise<void>;
}

/** What the jobs of a queue are made with. */
export interface JobParts {
  readonly connection: Redis | Cluster;
  readonly options: TaskQueueOptions;
  readonly clock: Clock;
  readonly log: Logger;
}

/**
 * The jobs of tasks in BullMQ: one per task, with the id of the task and named by its URL. A job dispatches its task and
 * shows it on the board. The task record decides: a job that disagrees is moved to the state of the record.
 */
export class TaskJobs {
  readonly #parts: JobParts;
  readonly #queues: ReadonlyMap<QueueName, Queue<JobData>>;

  constructor(parts: JobParts) {
    this.#parts = parts;
    this.#queues = new Map(QUEUE_NAMES.map((name) => [name, openQueue(name, parts)]));
  }

  get queues(): readonly Queue<JobData>[] {
    return [...this.#queues.values()];
  }

  /** Lets a task wait for a worker. Doing it again while its job waits or is active changes nothing. */
  async dispatch(task: StoredTask): Promise<void> {
    const { id, spec, startedAt, progress } = task.record;
    const queue = this.#queue(spec.queue);
    const state = await redisReply(queue.getJobState(id));
    if (state === 'waiting' || state === 'prioritized' || state === 'active') return;
    if (state !== 'unknown') await redisReply(queue.remove(id));
    // A task that ran before is older than those that wait, so it goes before them.
    const again = state !== 'unknown' || startedAt !== null;
    const options: JobsOptions = { jobId: id, priority: task.priority, lifo: again };
    await redisReply(queue.add(spec.options.url, { task: id, spec: withoutSecrets(spec) }, options));
    if (again) await this.report(task.record, progress);
  }

  /** Shows the progress of a task (0 to 100) on its job. */
  async report({ id, spec }: TaskRecord, progress: number): Promise<void> {
    await this.#queue(spec.queue).updateJobProgress(id, progress).catch(ignore);
  }

  /** Moves the job of a lost run, whose lock bears the name of the run, to the state of its task. */
  async settle(task: StoredTask, owner: string): Promise<void> {
    const job = await redisReply(this.#queue(task.record.spec.queue).getJob(task.record.id));
    if (job !== undefined) await settleJob(job, owner, task, this.#parts);
  }

  /** Removes the job of a task that has no record, unless a worker holds it: that one removes it. */
  async forget(id: string): Promise<void> {
    await Promise.all(this.queues.map((queue) => redisReply(queue.remove(id))));
  }

  async close(): Promise<void> {
    await Promise.all(this.queues.map((queue) => queue.close()));
  }

  #queue(name: QueueName): Queue<JobData> {
    const queue = this.#queues.get(name);
    if (queue === undefined) throw new TypeError(`there is no queue ${name}`);
    return queue;
  }
}

/** Takes jobs from the queues, one at a time. BullMQ moves a job that was taken and not extended back to its queue. */
export class JobConsumer {
  readonly #parts: JobParts;
  readonly #workers: Worker<JobData>[];

  constructor(parts: JobParts, queues: readonly QueueName[]) {
    this.#parts = parts;
    this.#workers = queues.map((name) => openWorker(name, parts));
  }

  /** The next job of any queue, each queue in its turn; null if none waits. */
  async next(): Promise<TakenJob | null> {
    for (const worker of [...this.#workers]) {
      const owner = ownerName(randomUUID());
      const job = await redisReply(worker.getNextJob(owner, { block: false }));
      if (job === undefined) continue;
      this.#workers.push(...this.#workers.splice(0, this.#workers.indexOf(worker) + 1));
      return this.#taken(job, owner);
    }
    return null;
  }

  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.close()));
  }

  #taken(job: Job<JobData>, owner: string): TakenJob {
    return {
      task: job.data.task,
      owner,
      extend: async () => {
        await job.extendLock(owner, this.#parts.options.lockMs).catch(ignore);
      },
      settle: (task) => settleJob(job, owner, task, this.#parts),
    };
  }
}

/** Every default of BullMQ that would lose or hoard work is set on purpose, here and in `openWorker`. */
function openQueue(name: QueueName, { connection, options, log }: JobParts): Queue<JobData> {
  const kept = { age: options.resultExpiresSeconds };
  const queue = new Queue<JobData>(name, {
    connection,
    prefix: dispatchPrefix(options.namespace),
    streams: { events: { maxLen: BULL_EVENTS_KEPT } },
    /** `openRedis` requires a newer version than BullMQ does. */
    skipVersionCheck: true,
    defaultJobOptions: {
      /** The task record decides whether and when a task runs again. */
      attempts: 1,
      /** BullMQ keeps finished jobs for ever by default. */
      removeOnComplete: kept,
      removeOnFail: kept,
      keepLogs: 0,
      stackTraceLimit: 0,
    },
  });
  queue.on('error', (error) => log.debug('a queue of BullMQ reported an error', { error: messageOf(error) }));
  return queue;
}

function openWorker(name: QueueName, { connection, options, log }: JobParts): Worker<JobData> {
  const worker = new Worker<JobData>(name, null, {
    connection,
    prefix: dispatchPrefix(options.namespace),
    skipVersionCheck: true,
    /** Jobs are fetched by hand, one for each free place: no worker holds what another could run. */
    autorun: false,
    concurrency: 1,
    lockDuration: options.lockMs,
    /** Runs extend the lock together with the lease of the record. */
    skipLockRenewal: true,
    /** Halved, because BullMQ needs two checks to move a job back and skips one now and then. */
    stalledInterval: options.stalledCheckMs / 2,
    maxStalledCount: NEVER_GIVE_UP,
  });
  worker.on('error', (error) =>
    log.debug('a worker of BullMQ reported an error', { error: messageOf(error) }),
  );
  void worker.startStalledCheckTimer();
  return worker;
}

/** Moves an active job to the state of its task. What fails here, BullMQ's check for stalled jobs repeats. */
async function settleJob(
  job: Job<JobData>,
  token: string,
  task: StoredTask | null,
  { connection, options, clock, log }: JobParts,
): Promise<void> {
  try {
    await moveJob(job, token, task, clock.now()).catch((error: unknown) => {
      if (!isLockMissing(error)) throw error;
      return moveJob(job, NO_LOCK, task, clock.now());
    });
    if (task !== null && isFinal(task.record.status)) {
      // BullMQ removes an old job only when another one ends: this one expires without that.
      const key = `${dispatchPrefix(options.namespace)}:${job.queueName}:${job.id}`;
      await connection.expire(key, options.resultExpiresSeconds);
    }
  } catch (error) {
    log.debug('a job was not settled', { task: job.data.task, error: messageOf(error) });
  }
}

/** BullMQ takes this token for a job that has no lock any more. */
const NO_LOCK = '0';

function isLockMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === ErrorCode.JobLockNotExist;
}

async function moveJob(
  job: Job<JobData>,
  token: string,
  task: StoredTask | null,
  now: number,
): Promise<void> {
  if (task === null) {
    await job.moveToCompleted(null, token, false);
    await job.remove();
    return;
  }
  const { status, message } = task.record;
  switch (placeOf(task, now)) {
    case 'waiting':
      await job.moveToWait(token);
      return;
    case 'later':
      await job.moveToDelayed(Date.now() + task.notBefore - now, token);
      return;
    case 'paused':
      await job.moveToDelayed(Date.now() + PAUSED_MS, token);
      return;
    case 'running':
      await job.moveToDelayed(Date.now() + BUSY_MS, token);
      return;
    case 'ended':
      if (status === 'completed') await job.moveToCompleted(resultFigures(task), token, false);
      else await job.moveToFailed(new Error(message), token, false);
  }
}

/** What the board shows of a result: it may hold thousands of rows. */
function resultFigures({ record: { result } }: StoredTask) {
  if (result === null) return null;
  const { pagesCrawled, pagesFailed, pagesSkipped, executionTime } = result;
  return { pagesCrawled, pagesFailed, pagesSkipped, executionTime };
}

/** The path of a webhook's URL may be a secret as well. */
function withoutSecrets(spec: TaskSpec): TaskSpec {
  if (spec.webhook === undefined) return spec;
  const { url, events } = spec.webhook;
  return { ...spec, webhook: { url: new URL(url).origin, secret: null, events } };
}

function ignore(): void {}
