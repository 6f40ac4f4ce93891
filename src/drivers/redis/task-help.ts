import { randomUUID } from 'node:crypto';
import type { QueueName, TaskRecord } from '../../model/task.ts';
import type { Clock } from '../../ports/clock.ts';
import { ownerName } from '../system/process-identity.ts';
import type { TaskIndex } from './task-index.ts';
import type { TaskQueueOptions } from './task-options.ts';
import type { TaskRecords } from './task-records.ts';
import type { RunGrant } from './task-run.ts';

/** Crawls that one search looks at. */
const MAX_LOOKED_AT = 10;
/** How long a process leaves a crawl to others after it helped with it, in milliseconds. */
const REST_MS = 5000;

/** Finds crawls of other processes that an idle one can help with. */
export class TaskHelp {
  readonly #index: TaskIndex;
  readonly #records: TaskRecords;
  readonly #clock: Clock;
  readonly #options: TaskQueueOptions;
  readonly #queues: readonly QueueName[];
  readonly #restUntil = new Map<string, number>();

  constructor(
    parts: { readonly index: TaskIndex; readonly records: TaskRecords; readonly clock: Clock },
    options: TaskQueueOptions,
    queues: readonly QueueName[],
  ) {
    this.#index = parts.index;
    this.#records = parts.records;
    this.#clock = parts.clock;
    this.#options = options;
    this.#queues = queues;
  }

  /** Joins a crawl that needs help, other than those that this process works on (`own`); null if there is none. */
  async join(own: ReadonlySet<string>): Promise<RunGrant | null> {
    this.#forgetRests();
    const running = await this.#index.running();
    const others = running.filter((id) => !own.has(id) && !this.#restUntil.has(id));
    for (const id of atRandom(others, MAX_LOOKED_AT)) {
      const stored = await this.#records.read(id);
      if (stored === null || !this.#isWorthwhile(stored.record)) continue;
      const owner = ownerName(randomUUID());
      const joined = await this.#records.join(id, owner);
      if (joined !== null) return { role: 'helper', task: joined.record, owner, job: null };
    }
    return null;
  }

  /** Called when a run has ended in which this process helped. */
  left(id: string): void {
    this.#restUntil.set(id, this.#clock.now() + REST_MS);
  }

  /** More processes cannot visit a host more often that is at its limit already. */
  #isWorthwhile({ spec, status, counts }: TaskRecord): boolean {
    const isBusy = !spec.options.subdomains && counts.active >= spec.options.hostConcurrency;
    return (
      status === 'in_progress' &&
      this.#queues.includes(spec.queue) &&
      counts.pending >= this.#options.helpFromPages &&
      !isBusy
    );
  }

  #forgetRests(): void {
    const now = this.#clock.now();
    for (const [id, until] of this.#restUntil) if (until <= now) this.#restUntil.delete(id);
  }
}

/** Some of them from a random place on, so that idle processes do not all look at the same. */
function atRandom(ids: readonly string[], limit: number): readonly string[] {
  const from = Math.floor(Math.random() * ids.length);
  return [...ids.slice(from), ...ids.slice(0, from)].slice(0, limit);
}
