import type { Logger } from '../../ports/logger.ts';
import { ownerState } from '../system/process-identity.ts';
import type { TaskFollower } from './task-follower.ts';
import type { TaskIndex } from './task-index.ts';
import type { Holder, TaskRecords } from './task-records.ts';

export interface StalledTaskRecoveryParts {
  readonly index: TaskIndex;
  readonly records: TaskRecords;
  readonly follower: TaskFollower;
  readonly log: Logger;
  /** How long a run holds its task without a sign of life, in milliseconds. */
  readonly lockMs: number;
}

/**
 * For how much of its length a lease must have been seen to be over. After an outage of Redis all are over, and those
 * who live need a moment to say so.
 */
const SEEN_FOR = 0.25;

/** Finds runs whose process is gone, hands back what they held, and lets their tasks run again. */
export class StalledTaskRecovery {
  readonly #index: TaskIndex;
  readonly #records: TaskRecords;
  readonly #follower: TaskFollower;
  readonly #log: Logger;
  readonly #seenForMs: number;
  /** Owners whose lease is over, with what was left of it when that was seen first. */
  #overdue = new Map<string, number>();

  constructor({ index, records, follower, log, lockMs }: StalledTaskRecoveryParts) {
    this.#index = index;
    this.#records = records;
    this.#follower = follower;
    this.#log = log;
    this.#seenForMs = lockMs * SEEN_FOR;
  }

  async look(): Promise<void> {
    const overdue = new Map<string, number>();
    for (const id of await this.#index.running()) await this.#lookAt(id, overdue);
    this.#overdue = overdue;
  }

  async #lookAt(id: string, overdue: Map<string, number>): Promise<void> {
    const holders = await this.#records.holders(id);
    if (holders === null) {
      await this.#follower.forget(id);
      return;
    }
    for (const helper of holders.helpers) {
      if (this.#isLost(helper, overdue)) await this.#loseHelper(id, helper.owner);
    }
    if (holders.leader === null) await this.#straighten(id);
    else if (this.#isLost(holders.leader, overdue)) await this.#lose(id, holders.leader.owner);
  }

  #isLost({ owner, msLeft }: Holder, overdue: Map<string, number>): boolean {
    if (ownerState(owner) === 'gone') return true;
    if (msLeft >= 0) return false;
    const first = this.#overdue.get(owner) ?? msLeft;
    overdue.set(owner, first);
    return first - msLeft >= this.#seenForMs;
  }

  /** Its pages come back before the task can be taken. */
  async #lose(id: string, owner: string): Promise<void> {
    await this.#follower.handBack(id, owner);
    const task = await this.#records.lose(id, owner);
    if (task === null) return;
    this.#log.warn('a worker is gone; its task runs again', { task: id, status: task.record.status });
    await this.#follower.follow(task);
  }

  async #loseHelper(id: string, owner: string): Promise<void> {
    await this.#follower.handBack(id, owner);
    await this.#records.leave(id, owner);
    this.#log.warn('a helper is gone; its pages are visited again', { task: id });
  }

  /** The index says that a run holds it, the record does not. */
  async #straighten(id: string): Promise<void> {
    const task = await this.#records.read(id);
    if (task !== null) await this.#follower.follow(task);
  }
}
