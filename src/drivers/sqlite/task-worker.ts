import { randomUUID } from 'node:crypto';
import { retryDelay, shouldRetryTask, taskError } from '../../core/crawl/task-failure.ts';
import { messageOf } from '../../core/errors.ts';
import type { TaskRecord, TaskStatus } from '../../model/task.ts';
import type { Clock } from '../../ports/clock.ts';
import type { EventLog } from '../../ports/event-log.ts';
import type { Logger } from '../../ports/logger.ts';
import type { StopReason, TaskHandler, TaskWorker, WorkOptions } from '../../ports/task-queue.ts';
import type { Remote } from '../system/thread-rpc.ts';
import { ownerName } from './tables/owner.ts';
import type { RunOutcome, TaskTable } from './tables/task-table.ts';

/** How long a run holds its task without a heartbeat, in milliseconds. */
const LEASE_MS = 30_000;
/** How often a worker looks for work and its runs show that they live, in milliseconds. */
const BEAT_MS = 1000;

export interface WorkerParts {
  readonly table: Remote<TaskTable>;
  readonly events: EventLog;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Takes tasks one by one up to its concurrency, and keeps their leases while they run. */
export class SqliteTaskWorker implements TaskWorker {
  readonly #parts: WorkerParts;
  readonly #handler: TaskHandler;
  readonly #options: WorkOptions;
  readonly #onClosed: () => void;
  readonly #runs = new Map<Promise<void>, Run>();
  #taking: Promise<void> = Promise.resolve();
  #closed = false;
  #cancelTimer: () => void;

  constructor(parts: WorkerParts, handler: TaskHandler, options: WorkOptions, onClosed: () => void) {
    this.#parts = parts;
    this.#handler = handler;
    this.#options = Object.freeze({ ...options });
    this.#onClosed = onClosed;
    this.#cancelTimer = () => {};
    this.#beat();
  }

  wake(): void {
    this.#taking = this.#taking.then(() => this.#takeAll()).catch((error: unknown) => this.#report(error));
    for (const run of this.#runs.values()) run.check();
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#cancelTimer();
    await this.#taking;
    for (const run of this.#runs.values()) run.stop('shutdown');
    await Promise.all(this.#runs.keys());
    this.#onClosed();
  }

  #beat(): void {
    this.#cancelTimer = this.#parts.clock.after(BEAT_MS, () => {
      this.wake();
      this.#beat();
    });
  }

  async #takeAll(): Promise<void> {
    while (!this.#closed && this.#runs.size < this.#options.concurrency) {
      const owner = ownerName(process.pid, randomUUID());
      const now = this.#parts.clock.now();
      const { queues, only } = this.#options;
      const taken = await this.#parts.table.claim({
        queues,
        only: only ?? null,
        owner,
        leaseUntil: now + LEASE_MS,
        now,
      });
      if (taken === null) return;
      this.#start(taken.task, owner);
    }
  }

  #start(task: TaskRecord, owner: string): void {
    const run = new Run(this.#parts, task, owner);
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
    this.#parts.log.error('the task queue did not answer', { error: messageOf(error) });
  }
}

/** One run of one task: heartbeat, stop signal, and the record's update at the end. */
class Run {
  readonly #parts: WorkerParts;
  readonly #task: TaskRecord;
  readonly #owner: string;
  readonly #stop = new AbortController();
  #checking = false;

  constructor(parts: WorkerParts, task: TaskRecord, owner: string) {
    this.#parts = parts;
    this.#task = task;
    this.#owner = owner;
  }

  stop(reason: StopReason): void {
    this.#stop.abort(reason);
  }

  /** Prolongs the lease and looks whether the task is still ours and wanted. */
  check(): void {
    if (this.#checking) return;
    this.#checking = true;
    const { table, clock } = this.#parts;
    table
      .heartbeat(this.#task.id, this.#owner, clock.now() + LEASE_MS)
      .then((status) => this.#heed(status))
      .catch((error: unknown) => this.#parts.log.warn('a heartbeat failed', { error: messageOf(error) }))
      .finally(() => {
        this.#checking = false;
      });
  }

  async execute(handler: TaskHandler): Promise<void> {
    const { table, clock } = this.#parts;
    await this.#tell({ status: 'in_progress', message: 'Started' });
    const outcome = await this.#outcome(handler);
    const record = await table.endRun(this.#task.id, this.#owner, outcome, clock.now());
    if (record !== null)
      await this.#tell({ status: record.status, message: record.message, error: record.error });
  }

  async #outcome(handler: TaskHandler): Promise<RunOutcome> {
    const { table } = this.#parts;
    if (this.#stop.signal.aborted) return { kind: 'stopped' };
    try {
      return await handler({
        role: 'leader',
        task: this.#task,
        owner: this.#owner,
        signal: this.#stop.signal,
        report: async (progress) => {
          await table.report(this.#task.id, this.#owner, progress);
          await this.#parts.events.append(this.#task.id, [{ type: 'progress', data: { ...progress } }]);
        },
      });
    } catch (error) {
      return this.#failure(error);
    }
  }

  #failure(error: unknown): RunOutcome {
    const { clock, log } = this.#parts;
    const told = taskError(error);
    log.error('a task failed', { task: this.#task.id, code: told.code, error: told.message });
    return shouldRetryTask(told.code, this.#task.retries, this.#task.spec.queue)
      ? { kind: 'retry', error: told, notBefore: clock.now() + retryDelay(this.#task.retries) }
      : { kind: 'failed', error: told };
  }

  /** A run that lost its task, or was paused and resumed at once, makes way for the next one. */
  #heed(status: TaskStatus | null): void {
    if (status === 'in_progress') return;
    this.stop(status === 'paused' || status === 'cancelled' ? status : 'shutdown');
  }

  #tell(data: Readonly<Record<string, unknown>>): Promise<void> {
    return this.#parts.events.append(this.#task.id, [{ type: 'status', data }]);
  }
}
