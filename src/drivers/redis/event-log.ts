import { readCursor } from '../../core/number-cursor.ts';
import type { NewTaskEvent, TaskEvent } from '../../model/task.ts';
import type { Clock } from '../../ports/clock.ts';
import type { EventLog } from '../../ports/event-log.ts';
import type { RedisConnection } from './client.ts';
import { EventWatch } from './event-watch.ts';
import { DEFAULT_NAMESPACE, eventsKey } from './keys.ts';
import { asWaymarkError } from './redis-error.ts';
import { Script } from './script.ts';

/** Events kept per task, about. */
const KEPT = 5000;
/** Maximum number of events that one step appends. */
const APPENDED_AT_ONCE = 1000;

const append = new Script('events-append');

/**
 * Task events in a Redis stream per task. The event with the id `n` is the entry `n-0`; ids have no gaps, so that what
 * was trimmed shows. Watchers share one connection of their own, in whatever process the events are written.
 */
export class RedisEventLog implements EventLog, AsyncDisposable {
  readonly #client: RedisConnection;
  readonly #clock: Clock;
  readonly #namespace: string;
  readonly #watch: EventWatch;

  constructor(client: RedisConnection, clock: Clock, namespace = DEFAULT_NAMESPACE) {
    this.#client = client;
    this.#clock = clock;
    this.#namespace = namespace;
    this.#watch = new EventWatch(client);
  }

  async append(taskId: string, events: readonly NewTaskEvent[]): Promise<void> {
    const key = this.#key(taskId);
    for (let from = 0; from < events.length; from += APPENDED_AT_ONCE) {
      const fields = events
        .slice(from, from + APPENDED_AT_ONCE)
        .flatMap(({ type, data }) => [type, JSON.stringify(data)]);
      const last = await append.run(this.#client, key, KEPT, this.#clock.now(), ...fields);
      this.#watch.notify(key, Number(last));
    }
  }

  async read(taskId: string, afterId: string | null, limit: number): Promise<readonly TaskEvent[]> {
    const after = readCursor(afterId, 0);
    const entries = await this.#entries(this.#key(taskId), after, limit);
    const events = entries.map(readEvent);
    const [first] = events;
    return first !== undefined && Number(first.id) > after + 1 ? [gapBefore(first), ...events] : events;
  }

  watch(taskId: string, listener: () => void): () => void {
    return this.#watch.add(this.#key(taskId), listener);
  }

  /** Expires the events of a task `seconds` from now, or never (null). */
  async expire(taskId: string, seconds: number | null): Promise<void> {
    const key = this.#key(taskId);
    try {
      await (seconds === null ? this.#client.persist(key) : this.#client.expire(key, seconds));
    } catch (error) {
      throw asWaymarkError(error);
    }
  }

  /** Ends all watches and their connection; the client that the caller passed in stays open. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#watch.close();
  }

  async #entries(key: string, after: number, limit: number): Promise<readonly Entry[]> {
    try {
      return await this.#client.xrange(key, `(${after}-0`, '+', 'COUNT', limit);
    } catch (error) {
      throw asWaymarkError(error);
    }
  }

  #key(taskId: string): string {
    return eventsKey(this.#namespace, taskId);
  }
}

/** An entry of a stream: its id, and names and values one after the other (`commands/events-append.lua`). */
type Entry = readonly [id: string, fields: readonly string[]];

function readEvent([id, [, type, , at, , data = '{}']]: Entry): TaskEvent {
  return {
    id: String(Number.parseInt(id, 10)),
    type: type as TaskEvent['type'],
    at: Number(at),
    data: JSON.parse(data) as TaskEvent['data'],
  };
}

function gapBefore(first: TaskEvent): TaskEvent {
  return {
    id: String(Number(first.id) - 1),
    type: 'gap',
    at: first.at,
    data: { message: 'Older events are gone.' },
  };
}
