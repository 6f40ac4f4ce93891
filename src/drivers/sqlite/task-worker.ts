import { randomUUID } from 'node:crypto';
import { messageOf } from '../../core/errors.ts';
import { mayStartTask } from '../../core/tasks/give-way.ts';
import { failedRun, type RunOutcome, stopReason } from '../../core/tasks/run-outcome.ts';
import type { TaskRecord } from '../../model/task.ts';
import type { Clock } from '../../ports/clock.ts';
import type { EventLog } from '../../ports/event-log.ts';
import type { Logger } from '../../ports/logger.ts';
import type { StopReason, TaskHandler, TaskWorker, WorkOptions } from '../../ports/task-queue.ts';
import { ownerName } from '../system/process-identity.ts';
import type { Remote } from '../system/thread-rpc.ts';
import type { TaskTable } from './tables/task-table.ts';

/** Milliseconds after its last heartbeat at which a run loses its task. */
const LEASE_MS = 30_000;
/** Milliseconds between two polls for tasks, and between two heartbeats of a run. */
const BEAT_MS = 1000;

export interface WorkerParts {
  readonly table: Remote<TaskTable>;
  readonly events: EventLog;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Claims tasks one by one up to its concurrency, and extends their leases while they run. */
export class SqliteTaskWorker implements TaskWorker {
  readonly #parts: WorkerParts;
  readonly #handler: TaskHandler;
  readonly #options: WorkOptions;
  readonly #onClosed: () => void;
  readonly #runs = new Map<Promise<void>, TaskRun>();
  #claiming: Promise<void> = Promise.resolve();
  #closed = false;
  #cancelTimer: () => void;

  constructor(parts: WorkerParts, handler: TaskHandler, options: WorkOptions, onClosed: () => void) {
    this.#parts = parts;
    this.#handler = handler;
    this.#options = Object.freeze({ ...options });
    this.#onClosed = onClosed;
    this.#cancelTimer = () => {};
    this.#poll();
  }

  wake(): void {
    this.#claiming = this.#claiming
      .then(() => this.#claimAll())
      .catch((error: unknown) => this.#report(error));
    for (const run of this.#runs.values()) run.beat();
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#cancelTimer();
    await this.#claiming;
    for (const run of this.#runs.values()) run.stop('shutdown');
    await Promise.all(this.#runs.keys());
    this.#onClosed();
  }

  #poll(): void {
    this.#cancelTimer = this.#parts.clock.after(BEAT_MS, () => {
      this.wake();
      this.#poll();
    });
  }

  async #claimAll(): Promise<void> {
    while (!this.#closed && this.#mayStart()) {
      const owner = ownerName(randomUUID());
      const { queues, only = null } = this.#options;
      const now = this.#parts.clock.now();
      const task = await this.#parts.table.claim({ queues, only, owner, leaseMs: LEASE_MS, now });
      if (task === null) return;
      this.#start(task, owner);
    }
  }

  #mayStart(): boolean {
    const progressAt = [...this.#runs.values()].map((run) => run.progressAt);
    return mayStartTask(progressAt, this.#options, this.#parts.clock.now());
  }

  #start(task: TaskRecord, owner: string): void {
    const run = new TaskRun(this.#parts, task, owner);
    const ended = run
      .execute(this.#handler)
      .catch((error: unknown) => this.#report(error))
      .finally(() => {
        this.#runs.delete(ended);
        if (!this.#closed) this.wake();
      });
    this.#runs.set(ended, run);
  }

  #report(error: unknown): void {
    this.#parts.log.error('A call of the task queue failed; the worker tries again', {
      error: messageOf(error),
    });
  }
}

/** One run of one task: sends heartbeats, stops the handler, and saves its outcome. */
class TaskRun {
  readonly #parts: WorkerParts;
  readonly #task: TaskRecord;
  readonly #owner: string;
  readonly #stop = new AbortController();
  #isBeating = false;
  #progressAt: number;

  constructor(parts: WorkerParts, task: TaskRecord, owner: string) {
    this.#parts = parts;
    this.#progressAt = parts.clock.now();
    this.#task = task;
    this.#owner = owner;
  }

  /** Epoch ms of the start or the last report of progress. */
  get progressAt(): number {
    return this.#progressAt;
  }

  stop(reason: StopReason): void {
    this.#stop.abort(reason);
  }

  /** Extends the lease. Stops the run if its task was paused, cancelled or lost. */
  beat(): void {
    if (this.#isBeating) return;
    this.#isBeating = true;
    const { table, clock } = this.#parts;
    table
      .heartbeat(this.#task.id, this.#owner, clock.now() + LEASE_MS)
      .then((status) => {
        const reason = stopReason(status);
        if (reason !== null) this.stop(reason);
      })
      .catch((error: unknown) => this.#parts.log.warn('a heartbeat failed', { error: messageOf(error) }))
      .finally(() => {
        this.#isBeating = false;
      });
  }

  async execute(handler: TaskHandler): Promise<void> {
    const { table, clock } = this.#parts;
    await this.#publish({ status: 'in_progress', message: 'Started' });
    const outcome = await this.#run(handler);
    const record = await table.endRun(this.#task.id, this.#owner, outcome, clock.now());
    if (record !== null)
      await this.#publish({ status: record.status, message: record.message, error: record.error });
  }

  async #run(handler: TaskHandler): Promise<RunOutcome> {
    const { table, events } = this.#parts;
    if (this.#stop.signal.aborted) return { kind: 'stopped' };
    try {
      return await handler({
        role: 'leader',
        task: this.#task,
        owner: this.#owner,
        signal: this.#stop.signal,
        report: async (progress) => {
          this.#progressAt = this.#parts.clock.now();
          await table.report(this.#task.id, this.#owner, progress);
          await events.append(this.#task.id, [{ type: 'progress', data: { ...progress } }]);
        },
      });
    } catch (error) {
      return this.#failure(error);
    }
  }

  #failure(error: unknown): RunOutcome {
    const { clock, log } = this.#parts;
    const outcome = failedRun(error, this.#task, clock.now());
    const { code, message } = outcome.error;
    log.error('a task failed', { task: this.#task.id, code, error: message });
    return outcome;
  }

  #publish(data: Readonly<Record<string, unknown>>): Promise<void> {
    return this.#parts.events.append(this.#task.id, [{ type: 'status', data }]);
  }
}
