import type { NewTaskEvent, TaskEvent } from '../../model/task-event.ts';
import type { Clock } from '../../ports/clock.ts';
import type { EventLog } from '../../ports/event-log.ts';
import type { Remote } from '../system/thread-rpc.ts';
import type { Database } from './database.ts';
import type { EventTable } from './tables/event-table.ts';

/** How often a watcher looks for events that another process wrote, in milliseconds. */
const LOOK_EVERY_MS = 1000;

/** Task events in the SQLite file. Watchers in this process are told at once, others within a second. */
export class SqliteEventLog implements EventLog {
  readonly #table: Remote<EventTable>;
  readonly #clock: Clock;
  readonly #watchers = new Map<string, Set<() => void>>();

  constructor(database: Database, clock: Clock) {
    this.#table = database.service('event');
    this.#clock = clock;
  }

  async append(taskId: string, events: readonly NewTaskEvent[]): Promise<void> {
    await this.#table.append(taskId, events, this.#clock.now());
    for (const watcher of this.#watchers.get(taskId) ?? []) watcher();
  }

  read(taskId: string, afterId: string | null, limit: number): Promise<readonly TaskEvent[]> {
    return this.#table.read(taskId, afterId, limit);
  }

  watch(taskId: string, listener: () => void): () => void {
    const watchers = this.#watchers.get(taskId) ?? new Set();
    this.#watchers.set(taskId, watchers.add(listener));
    let cancelTimer = () => {};
    const look = () => {
      listener();
      cancelTimer = this.#clock.after(LOOK_EVERY_MS, look);
    };
    cancelTimer = this.#clock.after(LOOK_EVERY_MS, look);
    return () => {
      cancelTimer();
      watchers.delete(listener);
      if (watchers.size === 0 && this.#watchers.get(taskId) === watchers) this.#watchers.delete(taskId);
    };
  }
}
