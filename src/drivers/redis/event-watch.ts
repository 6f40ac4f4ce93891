import type { RedisConnection } from './client.ts';

interface Watched {
  readonly listeners: Set<() => void>;
  /** Number of the last event that the listeners were notified of. */
  notified: number;
}

/**
 * Listeners per stream of events. Each is called once for an event, whether this process appended it or a message of
 * Redis announced it. The connection for messages is made with the first watch; after it was made, and after an outage,
 * a look at the streams finds events without a message.
 */
export class EventWatch {
  readonly #client: RedisConnection;
  readonly #watched = new Map<string, Watched>();
  #subscriber: RedisConnection | null = null;

  constructor(client: RedisConnection) {
    this.#client = client;
  }

  /** Returns a function that ends the watch. */
  add(stream: string, listener: () => void): () => void {
    const watched = this.#watched.get(stream) ?? this.#subscribe(stream);
    const ownListener = () => listener();
    watched.listeners.add(ownListener);
    return () => {
      watched.listeners.delete(ownListener);
      if (watched.listeners.size === 0 && this.#watched.get(stream) === watched) this.#unsubscribe(stream);
    };
  }

  /** Says that events up to this number were appended to the stream. */
  notify(stream: string, last: number): void {
    const watched = this.#watched.get(stream);
    if (watched === undefined || last <= watched.notified) return;
    watched.notified = last;
    for (const listener of watched.listeners) listener();
  }

  close(): void {
    this.#watched.clear();
    this.#subscriber?.disconnect();
    this.#subscriber = null;
  }

  #subscribe(stream: string): Watched {
    const watched: Watched = { listeners: new Set(), notified: 0 };
    this.#watched.set(stream, watched);
    this.#subscriber ??= this.#connect();
    this.#subscriber.subscribe(stream).then(() => this.#look(stream), ignore);
    return watched;
  }

  #unsubscribe(stream: string): void {
    this.#watched.delete(stream);
    this.#subscriber?.unsubscribe(stream).catch(ignore);
  }

  #connect(): RedisConnection {
    const subscriber = this.#client.duplicate();
    subscriber.on('message', (stream: string, last: string) => this.notify(stream, Number(last)));
    subscriber.on('ready', () => this.#lookAtAll());
    subscriber.on('error', ignore);
    return subscriber;
  }

  #lookAtAll(): void {
    for (const stream of this.#watched.keys()) void this.#look(stream);
  }

  async #look(stream: string): Promise<void> {
    const [newest] = await this.#client.xrevrange(stream, '+', '-', 'COUNT', 1).catch(() => []);
    if (newest !== undefined) this.notify(stream, Number.parseInt(newest[0], 10));
  }
}

/** The first client reports the same outage; this connection is made again by itself. */
function ignore(): void {}
