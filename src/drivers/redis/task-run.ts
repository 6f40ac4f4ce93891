import { messageOf } from '../../core/errors.ts';
import { failedRun, type RunOutcome, stopReason } from '../../core/tasks/run-outcome.ts';
import type { TaskProgress, TaskRecord } from '../../model/task.ts';
import type { Clock } from '../../ports/clock.ts';
import type { EventLog } from '../../ports/event-log.ts';
import type { Logger } from '../../ports/logger.ts';
import type { RunEnd, RunRole, StopReason, TaskHandler } from '../../ports/task-queue.ts';
import type { StoredTask } from './task-fields.ts';
import type { TaskFollower } from './task-follower.ts';
import type { TakenJob, TaskJobs } from './task-jobs.ts';
import type { TaskQueueOptions } from './task-options.ts';
import type { TaskRecords } from './task-records.ts';

/** What runs work with. */
export interface RunParts {
  readonly records: TaskRecords;
  readonly jobs: TaskJobs;
  readonly follower: TaskFollower;
  readonly events: EventLog;
  readonly clock: Clock;
  readonly log: Logger;
  readonly options: TaskQueueOptions;
}

/** What a worker has been given: a task to lead, or to help with. */
export interface RunGrant {
  readonly role: RunRole;
  readonly task: TaskRecord;
  /** Name of the run, and the proof that the task is its own. */
  readonly owner: string;
  /** The job that led here; null for a helper and for a worker of one task. */
  readonly job: TakenJob | null;
}

/** One run of a task in this process: its heartbeat, its stop signal, its reports and its end. */
export class TaskRun {
  readonly #parts: RunParts;
  readonly #grant: RunGrant;
  readonly #stop = new AbortController();
  #isBeating = false;
  #progressAt: number;

  constructor(parts: RunParts, grant: RunGrant) {
    this.#parts = parts;
    this.#progressAt = parts.clock.now();
    this.#grant = grant;
  }

  get taskId(): string {
    return this.#grant.task.id;
  }

  get isHelper(): boolean {
    return this.#grant.role === 'helper';
  }

  get isStopped(): boolean {
    return this.#stop.signal.aborted;
  }

  /** Epoch ms of the start or the last report of progress. */
  get progressAt(): number {
    return this.#progressAt;
  }

  stop(reason: StopReason): void {
    this.#stop.abort(reason);
  }

  async execute(handler: TaskHandler): Promise<void> {
    if (this.isHelper) await this.#help(handler);
    else await this.#lead(handler);
  }

  /** Shows that the run lives, and stops it when its task is not its own any more. Heartbeats never overlap. */
  beat(): void {
    if (this.#isBeating) return;
    this.#isBeating = true;
    this.#prolong()
      .then((reason) => {
        if (reason !== null) this.stop(reason);
      })
      .catch((error: unknown) => this.#parts.log.warn('a heartbeat failed', { error: messageOf(error) }))
      .finally(() => {
        this.#isBeating = false;
      });
  }

  /** Resolves with the reason to stop, or null. A crawl without a leader goes on with the next one and new helpers. */
  async #prolong(): Promise<StopReason | null> {
    const { owner, job } = this.#grant;
    const [status] = await Promise.all([this.#parts.records.beat(this.taskId, owner), job?.extend()]);
    return this.isHelper && status === 'pending' ? 'relieved' : stopReason(status);
  }

  async #lead(handler: TaskHandler): Promise<void> {
    await this.#emit({ status: 'in_progress', message: 'Started' });
    const outcome = await this.#outcome(handler);
    const { records, follower } = this.#parts;
    await follower.release(this.taskId, this.#grant.owner);
    const ended = await records.end(this.taskId, this.#grant.owner, outcome);
    await this.#settleJob(ended);
    if (ended === null) {
      await follower.forget(this.taskId);
      return;
    }
    const { status, message, error } = ended.record;
    await this.#emit({ status, message, error });
    await follower.follow(ended);
  }

  /** A worker of one task leaves the job that waits for it in its queue, so it removes that one. */
  async #settleJob(ended: StoredTask | null): Promise<void> {
    const { job } = this.#grant;
    if (job === null) await this.#parts.jobs.forget(this.taskId);
    else await job.settle(ended);
  }

  async #outcome(handler: TaskHandler): Promise<RunOutcome> {
    if (this.isStopped) return { kind: 'stopped' };
    try {
      return await this.#handle(handler);
    } catch (error) {
      const { clock, log, options } = this.#parts;
      const outcome = failedRun(error, this.#grant.task, clock.now(), options);
      const { code, message } = outcome.error;
      log.error('a task failed', { task: this.taskId, code, error: message });
      return outcome;
    }
  }

  /** Whatever becomes of a helper, the task is the leader's. */
  async #help(handler: TaskHandler): Promise<void> {
    const { records, follower, log } = this.#parts;
    try {
      await this.#handle(handler);
    } catch (error) {
      log.warn('helping with a task failed', { task: this.taskId, error: messageOf(error) });
    }
    await follower.release(this.taskId, this.#grant.owner);
    if (!(await records.leave(this.taskId, this.#grant.owner))) await follower.forget(this.taskId);
  }

  #handle(handler: TaskHandler): Promise<RunEnd> {
    const { role, task, owner } = this.#grant;
    const report = (progress: TaskProgress) => this.#report(progress);
    return handler({ role, task, owner, signal: this.#stop.signal, report });
  }

  async #report(progress: TaskProgress): Promise<void> {
    const { records, jobs, events, clock } = this.#parts;
    this.#progressAt = clock.now();
    if (!(await records.report(this.taskId, this.#grant.owner, progress))) return;
    await events.append(this.taskId, [{ type: 'progress', data: { ...progress } }]);
    await jobs.report(this.#grant.task, progress.progress);
  }

  #emit(data: Readonly<Record<string, unknown>>): Promise<void> {
    return this.#parts.events.append(this.taskId, [{ type: 'status', data }]);
  }
}
