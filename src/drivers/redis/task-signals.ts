import type { RedisConnection } from './client.ts';
import { tasksKey } from './keys.ts';
import { answered } from './with-deadline.ts';

/**
 * Tells all workers that a task waits or was changed, so that they need not wait for their next look. What is told while
 * a connection is broken is lost; the next look finds it.
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

  async tell(): Promise<void> {
    await answered(this.#client.publish(this.#channel, ''));
  }

  /** Answers a function that ends it. */
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
    const tellAll = () => {
      for (const listener of this.#listeners) listener();
    };
    subscriber.on('message', tellAll);
    subscriber.on('ready', tellAll);
    subscriber.on('error', ignore);
    subscriber.subscribe(this.#channel).catch(ignore);
    return subscriber;
  }
}

/** The client that was handed in meets the same trouble and tells of it; the connection here is made again by itself. */
function ignore(): void {}
