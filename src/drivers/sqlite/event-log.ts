import { readCursor } from '../../core/number-cursor.ts';
import type { NewTaskEvent, TaskEvent } from '../../model/task.ts';
import type { Clock } from '../../ports/clock.ts';
import type { EventLog } from '../../ports/event-log.ts';
import type { Remote, ServiceSource } from '../system/thread-rpc.ts';
import type { SqliteFile } from './sqlite-file.ts';
import { int, intOrNull, type Row, text } from './tables/rows.ts';

/** Milliseconds between two polls for events of other processes. */
const POLL_MS = 1000;

/** Task events in the SQLite file. Watchers in this process run at once, others within a second. */
export class SqliteEventLog implements EventLog {
  readonly #table: Remote<EventTable>;
  readonly #clock: Clock;
  readonly #watchers = new Map<string, Set<() => void>>();

  constructor(database: ServiceSource<'event', EventTable>, clock: Clock) {
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
    const poll = () => {
      listener();
      cancelTimer = this.#clock.after(POLL_MS, poll);
    };
    cancelTimer = this.#clock.after(POLL_MS, poll);
    return () => {
      cancelTimer();
      watchers.delete(listener);
      if (watchers.size === 0 && this.#watchers.get(taskId) === watchers) this.#watchers.delete(taskId);
    };
  }
}

/** Events kept per task. */
const MAX_EVENTS = 5000;
/** Events over `MAX_EVENTS` at which the oldest are deleted. */
const SLACK = 500;

/** Tasks whose events one call of `deleteEnded` deletes. */
const MAX_DELETED = 20;

/** The last events of every task. */
export class EventTable {
  readonly #file: SqliteFile;

  constructor(file: SqliteFile) {
    this.#file = file;
  }

  append(taskId: string, events: readonly NewTaskEvent[], at: number): void {
    this.#file.transaction(() => {
      const insert = this.#file.sql('INSERT INTO event (task, type, at, data) VALUES (?, ?, ?, ?)');
      for (const event of events) insert.run(taskId, event.type, at, JSON.stringify(event.data));
      this.#trim(taskId, events.length);
    });
  }

  read(taskId: string, afterId: string | null, limit: number): readonly TaskEvent[] {
    const after = readCursor(afterId, 0);
    const rows = this.#file
      .sql('SELECT n, type, at, data FROM event WHERE task = ? AND n > ? ORDER BY n LIMIT ?')
      .all(taskId, after, limit) as Row[];
    const events = rows.map(readEvent);
    const droppedTo = this.#droppedTo(taskId);
    return droppedTo > after ? [gap(droppedTo, events), ...events] : events;
  }

  /** Deletes the events of some tasks that ended before this time (epoch ms). Later reads start with a gap. */
  deleteEnded(before: number): void {
    const ended = this.#file
      .sql(`SELECT t.id FROM event_trim e JOIN task t ON t.id = e.task
        WHERE e.kept > 0 AND t.finished_at < ? LIMIT ${MAX_DELETED}`)
      .all(before) as Row[];
    for (const task of ended) this.#deleteAll(text(task, 'id'));
  }

  #deleteAll(taskId: string): void {
    const newest = this.#file.sql('SELECT max(n) AS n FROM event WHERE task = ?').get(taskId) as Row;
    this.#file.sql('DELETE FROM event WHERE task = ?').run(taskId);
    this.#file
      .sql('UPDATE event_trim SET dropped_to = max(dropped_to, ?), kept = 0 WHERE task = ?')
      .run(intOrNull(newest, 'n') ?? 0, taskId);
  }

  #trim(taskId: string, added: number): void {
    const row = this.#file
      .sql(`INSERT INTO event_trim (task, dropped_to, kept) VALUES (?, 0, ?)
        ON CONFLICT (task) DO UPDATE SET kept = kept + excluded.kept RETURNING kept`)
      .get(taskId, added) as Row;
    const over = int(row, 'kept') - MAX_EVENTS;
    if (over < SLACK) return;
    const last = this.#file
      .sql('SELECT n FROM event WHERE task = ? ORDER BY n LIMIT 1 OFFSET ?')
      .get(taskId, over - 1) as Row;
    this.#file.sql('DELETE FROM event WHERE task = ? AND n <= ?').run(taskId, int(last, 'n'));
    this.#file
      .sql('UPDATE event_trim SET dropped_to = ?, kept = kept - ? WHERE task = ?')
      .run(int(last, 'n'), over, taskId);
  }

  #droppedTo(taskId: string): number {
    const row = this.#file.sql('SELECT dropped_to FROM event_trim WHERE task = ?').get(taskId) as
      | Row
      | undefined;
    return row === undefined ? 0 : int(row, 'dropped_to');
  }
}

function readEvent(row: Row): TaskEvent {
  return {
    id: String(int(row, 'n')),
    type: text(row, 'type') as TaskEvent['type'],
    at: int(row, 'at'),
    data: JSON.parse(text(row, 'data')) as TaskEvent['data'],
  };
}

function gap(droppedTo: number, events: readonly TaskEvent[]): TaskEvent {
  return {
    id: String(droppedTo),
    type: 'gap',
    at: events[0]?.at ?? 0,
    data: { message: 'Older events are gone.' },
  };
}
