import type { RedisConnection } from './client.ts';

interface Watched {
  readonly listeners: Set<() => void>;
  /** Number of the last event that the listeners were told of. */
  told: number;
}

/**
 * Listeners per stream of events. They are told of an event once, whether the news comes from this process or through
 * Redis, which passes on what others append. The connection for that is made with the first watch. What is appended
 * while it is being made, or is broken, is found by a look at the stream afterwards.
 */
export class EventWatch {
  readonly #client: RedisConnection;
  readonly #watched = new Map<string, Watched>();
  #subscriber: RedisConnection | null = null;

  constructor(client: RedisConnection) {
    this.#client = client;
  }

  /** Answers a function that ends the watch. */
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
  tell(stream: string, last: number): void {
    const watched = this.#watched.get(stream);
    if (watched === undefined || last <= watched.told) return;
    watched.told = last;
    for (const listener of watched.listeners) listener();
  }

  close(): void {
    this.#watched.clear();
    this.#subscriber?.disconnect();
    this.#subscriber = null;
  }

  #subscribe(stream: string): Watched {
    const watched: Watched = { listeners: new Set(), told: 0 };
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
    subscriber.on('message', (stream: string, last: string) => this.tell(stream, Number(last)));
    subscriber.on('ready', () => this.#lookAtAll());
    subscriber.on('error', ignore);
    return subscriber;
  }

  #lookAtAll(): void {
    for (const stream of this.#watched.keys()) void this.#look(stream);
  }

  async #look(stream: string): Promise<void> {
    const [newest] = await this.#client.xrevrange(stream, '+', '-', 'COUNT', 1).catch(() => []);
    if (newest !== undefined) this.tell(stream, Number.parseInt(newest[0], 10));
  }
}

/** The client that was handed in meets the same trouble and tells of it; the connection here is made again by itself. */
function ignore(): void {}
