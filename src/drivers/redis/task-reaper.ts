import type { Logger } from '../../ports/logger.ts';
import { ownerState } from '../system/process-identity.ts';
import type { LeaseHolder, StoredTask } from './task-fields.ts';
import type { TaskFollower } from './task-follower.ts';
import type { TaskIndex } from './task-index.ts';
import type { TaskJobs } from './task-jobs.ts';
import type { TaskQueueOptions } from './task-options.ts';
import type { TaskRecords } from './task-records.ts';

export interface ReaperParts {
  readonly index: TaskIndex;
  readonly records: TaskRecords;
  readonly jobs: TaskJobs;
  readonly follower: TaskFollower;
  readonly log: Logger;
  readonly options: TaskQueueOptions;
}

/**
 * Share of its length for which a lease must be seen to have run out. After an outage of Redis all leases have, and
 * processes that live need a moment to prolong theirs.
 */
const SEEN_FOR = 0.25;

/** Takes tasks from runs whose process died, repairs what crashes left behind, and removes what has expired. */
export class TaskReaper {
  readonly #parts: ReaperParts;
  /** Owners whose lease has run out, with what was left of it when that was first seen. */
  #overdue = new Map<string, number>();

  constructor(parts: ReaperParts) {
    this.#parts = parts;
  }

  /** Dispatches the tasks whose retry is due. */
  async dispatchDue(): Promise<void> {
    for (const id of await this.#parts.index.due()) await this.#repair(id);
  }

  /** Looks for lost runs; sweeps over all tasks as well if no worker has for a while. */
  async look(): Promise<void> {
    const { index, options } = this.#parts;
    const overdue = new Map<string, number>();
    for (const id of await index.running()) await this.#lookAt(id, overdue);
    this.#overdue = overdue;
    if (await index.turn('sweep', options.sweepMs)) await this.#sweep();
  }

  async #lookAt(id: string, overdue: Map<string, number>): Promise<void> {
    const { records, follower } = this.#parts;
    const task = await records.read(id);
    if (task === null) {
      await follower.forget(id);
      return;
    }
    for (const helper of task.helpers) {
      if (this.#isLost(helper, overdue)) await this.#loseHelper(id, helper.owner);
    }
    if (task.leader === null) await follower.follow(task);
    else if (this.#isLost(task.leader, overdue)) await this.#loseLeader(id, task.leader.owner);
  }

  #isLost({ owner, msLeft }: LeaseHolder, overdue: Map<string, number>): boolean {
    if (ownerState(owner) === 'gone') return true;
    if (msLeft >= 0) return false;
    const first = this.#overdue.get(owner) ?? msLeft;
    overdue.set(owner, first);
    return first - msLeft >= this.#parts.options.lockMs * SEEN_FOR;
  }

  /** The pages of the run come back before the task can be taken. */
  async #loseLeader(id: string, owner: string): Promise<void> {
    const { records, jobs, follower, log } = this.#parts;
    await follower.release(id, owner);
    const task = await records.lose(id, owner);
    if (task === null) return;
    log.warn('a worker died; its task runs again', { task: id, status: task.record.status });
    await jobs.settle(task, owner);
    await follower.follow(task);
  }

  async #loseHelper(id: string, owner: string): Promise<void> {
    await this.#parts.follower.release(id, owner);
    await this.#parts.records.leave(id, owner);
    this.#parts.log.warn('a helper died; its pages are visited again', { task: id });
  }

  async #sweep(): Promise<void> {
    const { index, follower } = this.#parts;
    for (const id of await index.expired()) {
      if ((await this.#repair(id)) === null) await follower.forget(id);
    }
    let last = 0;
    for (;;) {
      const entries = await index.open(last);
      for (const { id } of entries) {
        if ((await this.#repair(id)) === null && !(await index.isNew(id))) await follower.forget(id);
      }
      const newest = entries.at(-1);
      if (newest === undefined) return;
      last = newest.n;
    }
  }

  /** Null if there is no such task. */
  async #repair(id: string): Promise<StoredTask | null> {
    const task = await this.#parts.records.read(id);
    if (task !== null) await this.#parts.follower.repair(task);
    return task;
  }
}
