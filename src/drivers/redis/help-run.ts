import { messageOf } from '../../core/errors.ts';
import type { TaskRecord } from '../../model/task.ts';
import type { StopReason, TaskHandler } from '../../ports/task-queue.ts';
import { Heartbeat } from './heartbeat.ts';
import type { RunParts } from './task-run.ts';

/** One run that helps with a crawl that another process leads. Whatever becomes of it, the task is the leader's. */
export class HelpRun {
  readonly task: TaskRecord;
  readonly owner: string;
  readonly heart: Heartbeat;
  readonly #parts: RunParts;

  constructor(parts: RunParts, task: TaskRecord, owner: string) {
    this.task = task;
    this.owner = owner;
    this.#parts = parts;
    this.heart = new Heartbeat(() => this.#beat(), parts.log);
  }

  async execute(handler: TaskHandler): Promise<void> {
    const { records, follower } = this.#parts;
    await this.#help(handler);
    await follower.handBack(this.task.id, this.owner);
    if (!(await records.leave(this.task.id, this.owner))) await follower.forget(this.task.id);
  }

  async #help(handler: TaskHandler): Promise<void> {
    const { records, events, log } = this.#parts;
    const { task, owner } = this;
    try {
      await handler({
        role: 'helper',
        task,
        owner,
        signal: this.heart.signal,
        report: async (progress) => {
          if (!(await records.report(task.id, owner, progress))) return;
          await events.append(task.id, [{ type: 'progress', data: { ...progress } }]);
        },
      });
    } catch (error) {
      log.warn('helping with a task failed', { task: task.id, error: messageOf(error) });
    }
  }

  /** A crawl without a leader goes on with the next one, under whom help is asked for anew. */
  async #beat(): Promise<StopReason | null> {
    const status = await this.#parts.records.helpBeat(this.task.id, this.owner);
    if (status === 'in_progress') return null;
    if (status === 'pending') return 'relieved';
    return status === 'paused' || status === 'cancelled' ? status : 'shutdown';
  }
}
