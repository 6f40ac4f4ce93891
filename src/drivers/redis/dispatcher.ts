import { Queue } from 'bullmq';
import type { Cluster, Redis } from 'ioredis';
import { messageOf } from '../../core/errors.ts';
import type { QueueName } from '../../model/task.ts';
import type { Logger } from '../../ports/logger.ts';
import { QUEUE_OPTIONS } from './dispatch-options.ts';
import { dispatchPrefix } from './keys.ts';
import type { StoredTask } from './task-fields.ts';
import { answered } from './with-deadline.ts';

const QUEUE_NAMES: readonly QueueName[] = ['crawling', 'pagination', 'command'];

/** What a job holds: which task waits, and the number of the dispatch. */
export interface DispatchNote {
  readonly task: string;
  readonly dispatch: number;
}

/** Writes the notes that tasks wait. */
export class Dispatcher {
  readonly #queues: ReadonlyMap<QueueName, Queue<DispatchNote>>;

  constructor(connection: Redis | Cluster, namespace: string, log: Logger) {
    const open = (name: QueueName) => {
      const queue = new Queue<DispatchNote>(name, {
        ...QUEUE_OPTIONS,
        connection,
        prefix: dispatchPrefix(namespace),
      });
      queue.on('error', (error) => log.debug('a dispatch queue met an error', { error: messageOf(error) }));
      return [name, queue] as const;
    };
    this.#queues = new Map(QUEUE_NAMES.map(open));
  }

  get queues(): readonly Queue<DispatchNote>[] {
    return [...this.#queues.values()];
  }

  /**
   * Doing it again while the note waits changes nothing. A task that was resumed, handed back or lost is older than those
   * that wait, so it goes before them.
   */
  async add(task: StoredTask): Promise<void> {
    const note: DispatchNote = { task: task.record.id, dispatch: task.dispatch };
    const options = { jobId: jobId(task), priority: task.priority, lifo: task.dispatch > 1 };
    await answered(this.#queue(task).add('task', note, options));
  }

  /** A note that was taken already is found to be out of date by whoever took it. */
  async remove(task: StoredTask): Promise<void> {
    await answered(this.#queue(task).remove(jobId(task)));
  }

  async close(): Promise<void> {
    await Promise.all(this.queues.map((queue) => queue.close()));
  }

  #queue({ record }: StoredTask): Queue<DispatchNote> {
    const queue = this.#queues.get(record.spec.queue);
    if (queue === undefined) throw new TypeError(`there is no queue ${record.spec.queue}`);
    return queue;
  }
}

/** Each dispatch has a note of its own, so that none is taken for a repetition of another. */
function jobId({ record, dispatch }: StoredTask): string {
  return `${record.id}-${dispatch}`;
}
