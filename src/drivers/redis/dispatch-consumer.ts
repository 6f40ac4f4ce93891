import { randomUUID } from 'node:crypto';
import { type Job, Worker } from 'bullmq';
import type { Cluster, Redis } from 'ioredis';
import { messageOf } from '../../core/errors.ts';
import type { QueueName } from '../../model/task.ts';
import type { Logger } from '../../ports/logger.ts';
import { takerOptions } from './dispatch-options.ts';
import type { DispatchNote } from './dispatcher.ts';
import { dispatchPrefix } from './keys.ts';
import type { TaskQueueOptions } from './task-options.ts';
import { answered } from './with-deadline.ts';

/** A note that this process has taken. */
export interface TakenNote extends DispatchNote {
  /** Keeps others from taking it; a note whose lock is lost is one too many and does no harm. */
  extend(): Promise<void>;
  /** Removes it: its task has run, or need not. */
  done(): Promise<void>;
}

/** Takes notes from the queues, one at a time, and sees to it that those of dead processes come back. */
export class DispatchConsumer {
  readonly #workers: Worker<DispatchNote>[];
  readonly #lockMs: number;

  constructor(
    connection: Redis | Cluster,
    queues: readonly QueueName[],
    { namespace, lockMs, stalledCheckMs }: TaskQueueOptions,
    log: Logger,
  ) {
    this.#lockMs = lockMs;
    this.#workers = queues.map((name) => {
      const prefix = dispatchPrefix(namespace);
      const worker = new Worker<DispatchNote>(name, null, {
        ...takerOptions(lockMs, stalledCheckMs),
        connection,
        prefix,
      });
      worker.on('error', (error) => log.debug('a dispatch queue met an error', { error: messageOf(error) }));
      void worker.startStalledCheckTimer();
      return worker;
    });
  }

  /** The next note of any queue, each in its turn; null if none waits. */
  async next(): Promise<TakenNote | null> {
    for (const worker of [...this.#workers]) {
      const token = randomUUID();
      const job = await answered(worker.getNextJob(token, { block: false }));
      if (job === undefined) continue;
      this.#workers.push(...this.#workers.splice(0, this.#workers.indexOf(worker) + 1));
      return this.#taken(job, token);
    }
    return null;
  }

  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.close()));
  }

  #taken(job: Job<DispatchNote>, token: string): TakenNote {
    return {
      ...job.data,
      extend: async () => {
        await job.extendLock(token, this.#lockMs).catch(ignore);
      },
      done: async () => {
        await job.moveToCompleted(null, token, false).catch(ignore);
      },
    };
  }
}

function ignore(): void {}
