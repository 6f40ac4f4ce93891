import { randomUUID } from 'node:crypto';
import type { OptionChanges } from '../../model/crawl-options.ts';
import type { QueueName, TaskFilter, TaskPage, TaskRecord, TaskSpec } from '../../model/task.ts';
import type { Clock } from '../../ports/clock.ts';
import type { EventLog } from '../../ports/event-log.ts';
import type { Logger } from '../../ports/logger.ts';
import type {
  SubmitOptions,
  TaskHandler,
  TaskQueue,
  TaskWorker,
  WorkOptions,
} from '../../ports/task-queue.ts';
import type { Remote } from '../system/thread-rpc.ts';
import type { Database } from './database.ts';
import type { TaskTable } from './tables/task-table.ts';
import { SqliteTaskWorker } from './task-worker.ts';

export interface TaskQueueOptions {
  /** Maximum number of pending tasks; `submit` rejects further ones with `too-many-tasks`. */
  readonly maxWaiting: number;
}

/** Tasks in the SQLite file, run in this process. */
export class SqliteTaskQueue implements TaskQueue {
  readonly #table: Remote<TaskTable>;
  readonly #events: EventLog;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #options: TaskQueueOptions;
  readonly #workers = new Set<SqliteTaskWorker>();

  constructor(database: Database, events: EventLog, clock: Clock, log: Logger, options: TaskQueueOptions) {
    this.#table = database.service('task');
    this.#events = events;
    this.#clock = clock;
    this.#log = log;
    this.#options = Object.freeze({ ...options });
  }

  async submit(spec: TaskSpec, options: SubmitOptions = {}): Promise<TaskRecord> {
    const task = await this.#table.submit({
      id: randomUUID(),
      spec,
      idempotencyKey: options.idempotencyKey ?? null,
      priority: options.priority ?? 0,
      maxWaiting: this.#options.maxWaiting,
      now: this.#clock.now(),
    });
    for (const worker of this.#workers) worker.wake();
    return task;
  }

  get(id: string): Promise<TaskRecord | null> {
    return this.#table.get(id);
  }

  list(filter: TaskFilter): Promise<TaskPage> {
    return this.#table.list(filter);
  }

  findUnfinished(queue: QueueName, url: string): Promise<TaskRecord | null> {
    return this.#table.findUnfinished(queue, url);
  }

  async cancel(id: string): Promise<TaskRecord | null> {
    return this.#publish(await this.#table.cancel(id, this.#clock.now()));
  }

  async pause(id: string): Promise<TaskRecord | null> {
    return this.#publish(await this.#table.pause(id));
  }

  async resume(id: string): Promise<TaskRecord | null> {
    return this.#publish(await this.#table.resume(id));
  }

  async amend(id: string, changes: OptionChanges): Promise<TaskRecord | null> {
    return this.#publish(await this.#table.amend(id, changes));
  }

  work(handler: TaskHandler, options: WorkOptions): TaskWorker {
    const worker = new SqliteTaskWorker(
      { table: this.#table, events: this.#events, clock: this.#clock, log: this.#log },
      handler,
      options,
      () => this.#workers.delete(worker),
    );
    this.#workers.add(worker);
    worker.wake();
    return worker;
  }

  /** Publishes a new status to the event stream and wakes this process's workers. */
  async #publish(task: TaskRecord | null): Promise<TaskRecord | null> {
    if (task === null) return null;
    await this.#events.append(task.id, [
      { type: 'status', data: { status: task.status, message: task.message } },
    ]);
    for (const worker of this.#workers) worker.wake();
    return task;
  }
}
