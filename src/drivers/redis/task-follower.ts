import type { Clock } from '../../ports/clock.ts';
import type { RedisEventLog } from './event-log.ts';
import type { RedisFrontierStore } from './frontier.ts';
import type { RedisHostGate } from './host-gate.ts';
import { placeOf, type StoredTask } from './task-fields.ts';
import type { TaskIndex } from './task-index.ts';
import type { TaskJobs } from './task-jobs.ts';
import type { TaskQueueOptions } from './task-options.ts';
import type { TaskSignals } from './task-signals.ts';

export interface FollowerParts {
  readonly index: TaskIndex;
  readonly jobs: TaskJobs;
  readonly signals: TaskSignals;
  readonly events: RedisEventLog;
  readonly frontiers: RedisFrontierStore;
  readonly gate: RedisHostGate;
  readonly clock: Clock;
  readonly options: TaskQueueOptions;
}

/**
 * Brings in line with the record of a task what lies in other hash slots: its place in the index, its job, and the
 * expiry of its crawl and events. Doing so twice changes nothing, so a crash on the way is repaired by doing it again.
 */
export class TaskFollower {
  readonly #parts: FollowerParts;

  constructor(parts: FollowerParts) {
    this.#parts = parts;
  }

  /** Follows a change of the record, and wakes all workers. */
  async follow(task: StoredTask): Promise<void> {
    await this.repair(task);
    await this.#parts.signals.publish();
  }

  /** The same without waking anybody. */
  async repair(task: StoredTask): Promise<void> {
    const { index, jobs, clock } = this.#parts;
    const place = placeOf(task, clock.now());
    if (place === 'ended') await this.#expire(task.record.id);
    await index.place(task, place);
    if (place === 'waiting') await jobs.dispatch(task);
  }

  /** Removes everything that may be left of a task without a record. */
  async forget(id: string): Promise<void> {
    const { index, jobs, events, frontiers } = this.#parts;
    await frontiers.drop(id);
    await Promise.all([events.expire(id, 0), jobs.forget(id)]);
    await index.forget(id);
  }

  /** Ends the expiry of a failed task's crawl and events, before the task is resumed. */
  async persist(id: string): Promise<void> {
    await this.#parts.frontiers.expire(id, null);
    await this.#parts.events.expire(id, null);
  }

  /** Releases the pages that a run holds, and its places at the gates of hosts. */
  async release(id: string, owner: string): Promise<void> {
    await this.#parts.frontiers.releaseOwner(id, owner);
    await this.#parts.gate.releaseOwner(owner);
  }

  async #expire(id: string): Promise<void> {
    const { events, frontiers, options } = this.#parts;
    await events.expire(id, options.resultExpiresSeconds);
    await frontiers.expire(id, options.resultExpiresSeconds);
  }
}
