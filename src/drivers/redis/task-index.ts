import { WaymarkError } from '../../core/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { RedisClient } from './client.ts';
import { tasksKey } from './keys.ts';
import { Script } from './script.ts';
import { isFinal, type StoredTask } from './task-fields.ts';
import type { TaskQueueOptions } from './task-options.ts';
import { answered } from './with-deadline.ts';

/** Ids that one call answers at most. */
const MAX_AT_ONCE = 500;
/** How long an entry may be without a record, in milliseconds: whoever submits makes the record next. */
const RECORD_FOLLOWS_MS = 60_000;

const SCRIPTS = {
  enter: new Script('task-enter'),
  place: new Script('task-place'),
  forget: new Script('task-forget'),
};

/** Where a task stands, as far as finding it goes. */
export type TaskPlace = 'waiting' | 'later' | 'running' | 'paused' | 'ended';

export interface NewEntry {
  readonly id: string;
  /** Hash of the idempotency key, or '' for none. */
  readonly key: string;
  /** Of what is asked for. */
  readonly digest: string;
}

export interface Entry {
  readonly id: string;
  readonly n: number;
}

/**
 * The index of tasks: finds them by their order and by where they stand, and bounds how many wait. It lies in another
 * hash slot than the records and follows them; `TaskUpkeep` mends what a crash has left between the two.
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
   * Enters a new task, or answers the one that is known under the key. Rejects with `too-many-tasks`, or with
   * `idempotency-conflict` if the key belongs to another request.
   */
  async enter({ id, key, digest }: NewEntry): Promise<Entry> {
    const most = this.#options.maxWaiting;
    const answer = await SCRIPTS.enter.run(this.#client, this.#key, id, most, key, digest);
    if (answer === null) {
      throw new WaymarkError(
        'too-many-tasks',
        `${most} tasks are waiting already: try again when some have run.`,
      );
    }
    const [known, n, askedFor] = answer as readonly [string, string, string];
    if (askedFor !== digest) {
      throw new WaymarkError('idempotency-conflict', 'Use a new Idempotency-Key for a request that differs.');
    }
    return { id: known, n: Number(n) };
  }

  /** Brings the index in line with the record. */
  async place({ record, n, notBefore }: StoredTask, place: TaskPlace): Promise<void> {
    const seconds = isFinal(record.status) ? this.#options.resultExpiresSeconds : '';
    await SCRIPTS.place.run(this.#client, this.#key, record.id, n, place, notBefore, seconds);
  }

  async forget(ids: readonly string[]): Promise<void> {
    if (ids.length > 0) await SCRIPTS.forget.run(this.#client, this.#key, ...ids);
  }

  /** Entries with a smaller number than `before`, newest first; of those that have not ended alone, or of all. */
  async newest(which: 'all' | 'open', before: number, limit: number): Promise<readonly Entry[]> {
    const most = before === Number.POSITIVE_INFINITY ? '+inf' : `(${before}`;
    const call = this.#client.zrevrangebyscore(
      `${this.#key}:${which}`,
      most,
      '-inf',
      'WITHSCORES',
      'LIMIT',
      0,
      limit,
    );
    return entriesOf(await answered(call));
  }

  /** Entries that have not ended with a greater number than `after`, oldest first. */
  async open(after: number): Promise<readonly Entry[]> {
    const key = `${this.#key}:open`;
    const call = this.#client.zrangebyscore(key, `(${after}`, '+inf', 'WITHSCORES', 'LIMIT', 0, MAX_AT_ONCE);
    return entriesOf(await answered(call));
  }

  /** Tasks that runs hold. */
  running(): Promise<readonly string[]> {
    return answered(this.#client.zrange(`${this.#key}:running`, 0, String(MAX_AT_ONCE - 1)));
  }

  /** Tasks whose retry is due. */
  due(): Promise<readonly string[]> {
    const now = this.#clock.now();
    return answered(this.#client.zrangebyscore(`${this.#key}:later`, '-inf', now, 'LIMIT', 0, MAX_AT_ONCE));
  }

  /** Finished tasks whose time is over. */
  async vanished(): Promise<readonly string[]> {
    const now = await this.#serverMs();
    return answered(this.#client.zrangebyscore(`${this.#key}:ended`, '-inf', now, 'LIMIT', 0, MAX_AT_ONCE));
  }

  /** Whether the record of an entry may still be on its way. */
  async isNew(id: string): Promise<boolean> {
    const since = await answered(this.#client.zscore(`${this.#key}:waiting`, id));
    return since !== null && (await this.#serverMs()) - Number(since) < RECORD_FOLLOWS_MS;
  }

  /** Whether the caller is the one that may do this for the next `ms` milliseconds, of all processes. */
  async turn(name: string, ms: number): Promise<boolean> {
    return (await answered(this.#client.set(`${this.#key}:turn:${name}`, '', 'PX', ms, 'NX'))) === 'OK';
  }

  async #serverMs(): Promise<number> {
    const [seconds, micros] = await answered(this.#client.time());
    return Number(seconds) * 1000 + Math.floor(Number(micros) / 1000);
  }
}

function entriesOf(answer: readonly string[]): readonly Entry[] {
  const entries: Entry[] = [];
  for (let i = 0; i < answer.length; i += 2) {
    entries.push({ id: answer[i] ?? '', n: Number(answer[i + 1]) });
  }
  return entries;
}
