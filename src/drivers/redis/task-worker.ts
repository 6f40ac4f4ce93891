import { randomUUID } from 'node:crypto';
import { messageOf } from '../../core/errors.ts';
import { mayStartTask } from '../../core/tasks/give-way.ts';
import type { TaskHandler, TaskWorker, WorkOptions } from '../../ports/task-queue.ts';
import { ownerName } from '../system/process-identity.ts';
import { SingleFlight } from './single-flight.ts';
import type { TaskHelp } from './task-help.ts';
import type { JobConsumer, TakenJob } from './task-jobs.ts';
import type { TaskReaper } from './task-reaper.ts';
import { type RunGrant, type RunParts, TaskRun } from './task-run.ts';
import type { TaskSignals } from './task-signals.ts';

/** How often a worker looks for work and its runs show that they live, in milliseconds; more often with short leases. */
const BEAT_MS = 1000;
const BEATS_PER_LEASE = 4;
const JITTER = 0.2;

export interface WorkerParts extends RunParts {
  /** Null for a worker of one task. */
  readonly consumer: JobConsumer | null;
  readonly help: TaskHelp;
  readonly reaper: TaskReaper;
  readonly signals: TaskSignals;
}

/**
 * Takes tasks up to its concurrency and keeps them while they run. With a free place and no task that waits it helps
 * with a crawl that another process leads; a task of its own comes first, and a helper makes way for it.
 */
export class RedisTaskWorker implements TaskWorker {
  readonly #parts: WorkerParts;
  readonly #handler: TaskHandler;
  readonly #options: WorkOptions;
  readonly #onClosed: () => void;
  /** Runs of this process, with the promise of their end. */
  readonly #runs = new Map<TaskRun, Promise<void>>();
  readonly #take: SingleFlight;
  readonly #reap: SingleFlight;
  readonly #unlisten: () => void;
  #closed = false;
  #reapedAt: number;
  #cancelTimer: () => void = () => {};

  constructor(parts: WorkerParts, handler: TaskHandler, options: WorkOptions, onClosed: () => void) {
    this.#parts = parts;
    this.#handler = handler;
    this.#options = Object.freeze({ ...options });
    this.#onClosed = onClosed;
    const report = (error: unknown) => this.#report(error);
    this.#take = new SingleFlight(() => this.#fillPlaces(), report);
    this.#reap = new SingleFlight(() => this.#lookAfterLost(), report);
    this.#unlisten = parts.signals.listen(() => this.#look());
    this.#reapedAt = parts.clock.now();
    this.#beat();
  }

  wake(): void {
    this.#beatRuns();
    void this.#reap.run().then(() => this.#take.run());
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#cancelTimer();
    this.#unlisten();
    await Promise.all([this.#take.idle(), this.#reap.idle()]);
    for (const run of this.#runs.keys()) run.stop('shutdown');
    await Promise.all(this.#runs.values());
    await this.#parts.consumer?.close();
    this.#onClosed();
  }

  #beat(): void {
    const { clock, options } = this.#parts;
    const ms = Math.min(BEAT_MS, options.lockMs / BEATS_PER_LEASE) * (1 + (Math.random() - 0.5) * JITTER);
    this.#cancelTimer = clock.after(ms, () => {
      this.#look();
      if (clock.now() - this.#reapedAt >= options.stalledCheckMs) void this.#reap.run();
      this.#beat();
    });
  }

  #look(): void {
    if (this.#closed) return;
    this.#beatRuns();
    void this.#take.run();
  }

  #beatRuns(): void {
    for (const run of this.#runs.keys()) run.beat();
  }

  async #lookAfterLost(): Promise<void> {
    if (this.#closed) return;
    this.#reapedAt = this.#parts.clock.now();
    await this.#parts.reaper.look();
  }

  async #fillPlaces(): Promise<void> {
    await this.#parts.reaper.dispatchDue();
    while (!this.#closed && this.#mayStart()) {
      const grant = await this.#nextTask();
      if (grant === null) break;
      this.#makeWay(grant.task.id);
      this.#start(grant);
    }
    if (!this.#closed && this.#runs.size < this.#options.concurrency) await this.#joinCrawl();
  }

  #mayStart(): boolean {
    const progressAt = this.#leaders.map((run) => run.progressAt);
    return mayStartTask(progressAt, this.#options, this.#parts.clock.now());
  }

  get #leaders(): readonly TaskRun[] {
    return [...this.#runs.keys()].filter(({ isHelper }) => !isHelper);
  }

  /** The next task that may run. A job whose task may not is moved to where the record says. */
  async #nextTask(): Promise<RunGrant | null> {
    const { consumer, records } = this.#parts;
    if (consumer === null) return this.#claim(this.#options.only ?? '', ownerName(randomUUID()), null);
    for (let job = await consumer.next(); job !== null; job = await consumer.next()) {
      const grant = await this.#claim(job.task, job.owner, job);
      if (grant !== null) return grant;
      await job.settle(await records.read(job.task));
    }
    return null;
  }

  async #claim(id: string, owner: string, job: TakenJob | null): Promise<RunGrant | null> {
    const task = await this.#parts.records.claim(id, owner);
    if (task === null) return null;
    await this.#parts.follower.repair(task);
    return { role: 'leader', task: task.record, owner, job };
  }

  async #joinCrawl(): Promise<void> {
    if (this.#parts.consumer === null) return;
    const own = new Set([...this.#runs.keys()].map(({ taskId }) => taskId));
    const grant = await this.#parts.help.join(own);
    if (grant !== null) this.#start(grant);
  }

  #start(grant: RunGrant): void {
    const run = new TaskRun(this.#parts, grant);
    const ended = run
      .execute(this.#handler)
      .catch((error: unknown) => this.#report(error))
      .finally(() => {
        this.#runs.delete(run);
        if (run.isHelper) this.#parts.help.left(run.taskId);
        else this.#look();
      });
    this.#runs.set(run, ended);
  }

  /** Stops helping with a task that this process leads now, and helpers for which there is no place any more. */
  #makeWay(id: string): void {
    const helpers = [...this.#runs.keys()].filter(({ isHelper, isStopped }) => isHelper && !isStopped);
    let excess = this.#leaders.length + 1 + helpers.length - this.#options.concurrency;
    for (const helper of helpers) {
      if (helper.taskId !== id && excess <= 0) continue;
      helper.stop('relieved');
      excess -= 1;
    }
  }

  #report(error: unknown): void {
    this.#parts.log.error('the task queue failed', { error: messageOf(error) });
  }
}
