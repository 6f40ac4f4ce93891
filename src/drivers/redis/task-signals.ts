import type { RedisConnection } from './client.ts';
import { tasksKey } from './keys.ts';
import { redisReply } from './redis-error.ts';

/**
 * A message to all workers that a task waits or was changed, so that they look at once. A message that is lost while a
 * connection is broken does no harm: workers look again by themselves.
 */
export class TaskSignals {
  readonly #client: RedisConnection;
  readonly #channel: string;
  readonly #listeners = new Set<() => void>();
  #subscriber: RedisConnection | null = null;

  constructor(client: RedisConnection, namespace: string) {
    this.#client = client;
    this.#channel = `${tasksKey(namespace)}:news`;
  }

  async publish(): Promise<void> {
    await redisReply(this.#client.publish(this.#channel, ''));
  }

  /** Returns a function that removes the listener. */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    this.#subscriber ??= this.#connect();
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    this.#listeners.clear();
    this.#subscriber?.disconnect();
    this.#subscriber = null;
  }

  #connect(): RedisConnection {
    const subscriber = this.#client.duplicate();
    const wakeAll = () => {
      for (const listener of this.#listeners) listener();
    };
    subscriber.on('message', wakeAll);
    subscriber.on('ready', wakeAll);
    subscriber.on('error', ignore);
    subscriber.subscribe(this.#channel).catch(ignore);
    return subscriber;
  }
}

/** The first client reports the same outage; this connection is made again by itself. */
function ignore(): void {}
