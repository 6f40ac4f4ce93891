import { randomUUID } from 'node:crypto';
import type { QueueName, TaskRecord } from '../../model/task.ts';
import type { Clock } from '../../ports/clock.ts';
import { ownerName } from '../system/process-identity.ts';
import type { TaskIndex } from './task-index.ts';
import type { TaskQueueOptions } from './task-options.ts';
import type { TaskRecords } from './task-records.ts';

/** Crawls that are looked at in one turn. */
const LOOKED_AT = 10;
/** After it helped with a crawl, a process leaves it to others for so long, in milliseconds. */
const REST_MS = 5000;

/** The right to help with a task. */
export interface Invitation {
  readonly task: TaskRecord;
  readonly owner: string;
}

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

  /** A task to help with; null if none of those that run needs it. `known` are those that this process works on. */
  async find(known: ReadonlySet<string>): Promise<Invitation | null> {
    this.#forgetRests();
    const running = await this.#index.running();
    const others = running.filter((id) => !known.has(id) && !this.#restUntil.has(id));
    for (const id of atRandom(others, LOOKED_AT)) {
      const stored = await this.#records.read(id);
      if (stored === null || !this.#isWorthwhile(stored.record)) continue;
      const owner = ownerName(randomUUID());
      const joined = await this.#records.join(id, owner);
      if (joined !== null) return { task: joined.record, owner };
    }
    return null;
  }

  /** Called when a run has ended in which this process helped. */
  left(id: string): void {
    this.#restUntil.set(id, this.#clock.now() + REST_MS);
  }

  /** A host that is as busy as it may be gets no more visits from more processes. */
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

/** Some of them, so that not all processes that are idle look at the same. */
function atRandom(ids: readonly string[], most: number): readonly string[] {
  const from = Math.floor(Math.random() * ids.length);
  return [...ids.slice(from), ...ids.slice(0, from)].slice(0, most);
}
