import { retryDelay, shouldRetryTask, taskError } from '../../core/crawl/task-failure.ts';
import type { TaskRecord } from '../../model/task.ts';
import type { Clock } from '../../ports/clock.ts';
import type { EventLog } from '../../ports/event-log.ts';
import type { Logger } from '../../ports/logger.ts';
import type { StopReason, TaskHandler } from '../../ports/task-queue.ts';
import type { TakenNote } from './dispatch-consumer.ts';
import { Heartbeat } from './heartbeat.ts';
import type { TaskFollower } from './task-follower.ts';
import type { TaskQueueOptions } from './task-options.ts';
import type { RunOutcome, TaskRecords } from './task-records.ts';

/** What runs work with. */
export interface RunParts {
  readonly records: TaskRecords;
  readonly follower: TaskFollower;
  readonly events: EventLog;
  readonly clock: Clock;
  readonly log: Logger;
  readonly options: TaskQueueOptions;
}

/** One run that holds its task: shows that it lives, and updates the record at the end. */
export class TaskRun {
  readonly task: TaskRecord;
  readonly owner: string;
  readonly heart: Heartbeat;
  readonly #parts: RunParts;
  readonly #note: TakenNote | null;

  /** `note` led to the run; it is kept locked meanwhile, so that an operator sees what is being worked on. */
  constructor(parts: RunParts, task: TaskRecord, owner: string, note: TakenNote | null) {
    this.task = task;
    this.owner = owner;
    this.#parts = parts;
    this.#note = note;
    this.heart = new Heartbeat(() => this.#beat(), parts.log);
  }

  async execute(handler: TaskHandler): Promise<void> {
    try {
      await this.#tell({ status: 'in_progress', message: 'Started' });
      await this.#settle(await this.#outcome(handler));
    } finally {
      await this.#note?.done();
    }
  }

  async #settle(outcome: RunOutcome): Promise<void> {
    const { records, follower } = this.#parts;
    await follower.handBack(this.task.id, this.owner);
    const ended = await records.end(this.task.id, this.owner, outcome);
    if (ended === null) {
      await follower.forget(this.task.id);
      return;
    }
    const { status, message, error } = ended.record;
    await this.#tell({ status, message, error });
    await follower.follow(ended);
  }

  async #outcome(handler: TaskHandler): Promise<RunOutcome> {
    const { records, events } = this.#parts;
    const { task, owner } = this;
    if (this.heart.signal.aborted) return { kind: 'stopped' };
    try {
      return await handler({
        role: 'leader',
        task,
        owner,
        signal: this.heart.signal,
        report: async (progress) => {
          if (!(await records.report(task.id, owner, progress))) return;
          await events.append(task.id, [{ type: 'progress', data: { ...progress } }]);
        },
      });
    } catch (error) {
      return this.#failure(error);
    }
  }

  #failure(error: unknown): RunOutcome {
    const { clock, log, options } = this.#parts;
    const { id, retries, spec } = this.task;
    const told = taskError(error);
    log.error('a task failed', { task: id, code: told.code, error: told.message });
    if (!shouldRetryTask(told.code, retries, spec.queue, options.retries))
      return { kind: 'failed', error: told };
    return { kind: 'retry', error: told, notBefore: clock.now() + retryDelay(retries, options.retryDelayMs) };
  }

  /** A run that lost its task, or was paused and resumed at once, makes way for the next one. */
  async #beat(): Promise<StopReason | null> {
    const [status] = await Promise.all([
      this.#parts.records.beat(this.task.id, this.owner),
      this.#note?.extend(),
    ]);
    if (status === 'in_progress') return null;
    return status === 'paused' || status === 'cancelled' ? status : 'shutdown';
  }

  #tell(data: Readonly<Record<string, unknown>>): Promise<void> {
    return this.#parts.events.append(this.task.id, [{ type: 'status', data }]);
  }
}
