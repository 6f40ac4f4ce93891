import type { Clock } from '../../ports/clock.ts';
import type { Dispatcher } from './dispatcher.ts';
import type { RedisEventLog } from './event-log.ts';
import type { RedisFrontierStore } from './frontier.ts';
import type { RedisHostGate } from './host-gate.ts';
import { isFinal, type StoredTask } from './task-fields.ts';
import type { TaskIndex, TaskPlace } from './task-index.ts';
import type { TaskQueueOptions } from './task-options.ts';
import type { TaskSignals } from './task-signals.ts';

export interface FollowerParts {
  readonly index: TaskIndex;
  readonly dispatcher: Dispatcher;
  readonly signals: TaskSignals;
  readonly events: RedisEventLog;
  readonly frontiers: RedisFrontierStore;
  readonly gate: RedisHostGate;
  readonly clock: Clock;
  readonly options: TaskQueueOptions;
}

/**
 * What follows from the record of a task: its place in the index, the note that it waits, and the end of what is known
 * of it. Everything here can be done again, so that a crash between the record and this is mended by doing it once more.
 */
export class TaskFollower {
  readonly #parts: FollowerParts;

  constructor(parts: FollowerParts) {
    this.#parts = parts;
  }

  /** After a change: all workers are told, too. */
  async follow(task: StoredTask): Promise<void> {
    await this.mend(task);
    await this.#parts.signals.tell();
  }

  /** The same for a task that is only looked after. */
  async mend(task: StoredTask): Promise<void> {
    const { index, dispatcher, clock } = this.#parts;
    const place = placeOf(task, clock.now());
    if (place === 'ended') await this.#expire(task.record.id);
    await index.place(task, place);
    if (place === 'waiting') await dispatcher.add(task);
  }

  /** Removes everything that may be left of a task without a record. */
  async forget(id: string): Promise<void> {
    const { index, events, frontiers } = this.#parts;
    await frontiers.drop(id);
    await events.expire(id, 0);
    await index.forget([id]);
  }

  /** Keeps what would vanish with a failed task, before it is resumed. */
  async keep(id: string): Promise<void> {
    await this.#parts.frontiers.expire(id, null);
    await this.#parts.events.expire(id, null);
  }

  /** Frees what a run held: its pages, and its places at the gates of hosts. */
  async handBack(id: string, owner: string): Promise<void> {
    await this.#parts.frontiers.releaseOwner(id, owner);
    await this.#parts.gate.releaseOwner(owner);
  }

  async #expire(id: string): Promise<void> {
    const { events, frontiers, options } = this.#parts;
    await events.expire(id, options.resultExpiresSeconds);
    await frontiers.expire(id, options.resultExpiresSeconds);
  }
}

function placeOf({ record, owner, notBefore }: StoredTask, now: number): TaskPlace {
  if (owner !== null) return 'running';
  if (isFinal(record.status)) return 'ended';
  if (record.status === 'paused') return 'paused';
  return notBefore > now ? 'later' : 'waiting';
}
