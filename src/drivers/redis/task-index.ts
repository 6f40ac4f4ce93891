import { WaymarkError } from '../../core/errors.ts';
import { isFinal } from '../../core/tasks/run-outcome.ts';
import type { Clock } from '../../ports/clock.ts';
import type { RedisClient } from './client.ts';
import { tasksKey } from './keys.ts';
import { redisReply } from './redis-error.ts';
import { Script } from './script.ts';
import type { StoredTask, TaskPlace } from './task-fields.ts';
import type { TaskQueueOptions } from './task-options.ts';

/** Ids that one call returns. */
const MAX_AT_ONCE = 500;
/** How long an entry may be without a record, in milliseconds: whoever submits makes the record next. */
const RECORD_FOLLOWS_MS = 60_000;

const SCRIPTS = {
  enter: new Script('task-enter'),
  place: new Script('task-place'),
};

export interface NewEntry {
  readonly id: string;
  /** Hash of the idempotency key, or '' for none. */
  readonly key: string;
  /** Of the spec. */
  readonly digest: string;
}

export interface Entry {
  readonly id: string;
  readonly n: number;
}

/**
 * The index of tasks: finds them by their order and by where they stand, and bounds how many wait. It lies in another
 * hash slot than the records and follows them; `TaskReaper` repairs what a crash left between the two.
 */
export class TaskIndex {
  readonly #client: RedisClient;
  readonly #clock: Clock;
  readonly #options: TaskQueueOptions;
  readonly #key: string;

  constructor(client: RedisClient, clock: Clock, options: TaskQueueOptions) {
    this.#client = client;
    this.#clock = clock;
    this.#options = options;
    this.#key = tasksKey(options.namespace);
  }

  /**
   * Enters a new task, or returns the one that was entered under the key. `isSame` says whether
   * the digests agree. Rejects with `too-many-tasks`.
   */
  async enter({ id, key, digest }: NewEntry): Promise<Entry & { readonly isSame: boolean }> {
    const { maxWaiting } = this.#options;
    const reply = await SCRIPTS.enter.run(this.#client, this.#key, id, maxWaiting, key, digest);
    if (reply === null) {
      throw new WaymarkError(
        'too-many-tasks',
        `${maxWaiting} tasks are waiting already: try again when some have run.`,
      );
    }
    const [entered, n, submitted] = reply as readonly [string, string, string];
    return { id: entered, n: Number(n), isSame: submitted === digest };
  }

  /** Brings the index in line with the record. */
  async place({ record, n, notBefore }: StoredTask, place: TaskPlace): Promise<void> {
    const seconds = isFinal(record.status) ? this.#options.resultExpiresSeconds : '';
    await SCRIPTS.place.run(this.#client, this.#key, record.id, place, n, notBefore, seconds);
  }

  async forget(id: string): Promise<void> {
    await SCRIPTS.place.run(this.#client, this.#key, id, 'forgotten');
  }

  /** Entries with a smaller number than `before`, newest first; of those that have not ended alone, or of all. */
  async newest(which: 'all' | 'open', before: number, limit: number): Promise<readonly Entry[]> {
    const max = before === Number.POSITIVE_INFINITY ? '+inf' : `(${before}`;
    const call = this.#client.zrevrangebyscore(
      `${this.#key}:${which}`,
      max,
      '-inf',
      'WITHSCORES',
      'LIMIT',
      0,
      limit,
    );
    return entriesOf(await redisReply(call));
  }

  /** Entries that have not ended with a greater number than `after`, oldest first. */
  async open(after: number): Promise<readonly Entry[]> {
    const key = `${this.#key}:open`;
    const call = this.#client.zrangebyscore(key, `(${after}`, '+inf', 'WITHSCORES', 'LIMIT', 0, MAX_AT_ONCE);
    return entriesOf(await redisReply(call));
  }

  /** Ids of tasks that runs hold. */
  running(): Promise<readonly string[]> {
    return redisReply(this.#client.zrange(`${this.#key}:running`, 0, String(MAX_AT_ONCE - 1)));
  }

  /** Ids of tasks whose retry is due. */
  due(): Promise<readonly string[]> {
    const now = this.#clock.now();
    return redisReply(this.#client.zrangebyscore(`${this.#key}:later`, '-inf', now, 'LIMIT', 0, MAX_AT_ONCE));
  }

  /** Ids of finished tasks that have expired. */
  async expired(): Promise<readonly string[]> {
    const now = await this.#serverMs();
    return redisReply(this.#client.zrangebyscore(`${this.#key}:ended`, '-inf', now, 'LIMIT', 0, MAX_AT_ONCE));
  }

  /** Whether the record of an entry may still be on its way. */
  async isNew(id: string): Promise<boolean> {
    const since = await redisReply(this.#client.zscore(`${this.#key}:waiting`, id));
    return since !== null && (await this.#serverMs()) - Number(since) < RECORD_FOLLOWS_MS;
  }

  /** Whether the caller is the one that may do this for the next `ms` milliseconds, of all processes. */
  async turn(name: string, ms: number): Promise<boolean> {
    return (await redisReply(this.#client.set(`${this.#key}:turn:${name}`, '', 'PX', ms, 'NX'))) === 'OK';
  }

  async #serverMs(): Promise<number> {
    const [seconds, micros] = await redisReply(this.#client.time());
    return Number(seconds) * 1000 + Math.floor(Number(micros) / 1000);
  }
}

function entriesOf(reply: readonly string[]): readonly Entry[] {
  const entries: Entry[] = [];
  for (let i = 0; i < reply.length; i += 2) {
    entries.push({ id: reply[i] ?? '', n: Number(reply[i + 1]) });
  }
  return entries;
}
