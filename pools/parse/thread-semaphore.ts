/**
 * Hands out a fixed number of slots, first come first served. A page waits here and not in the thread pool's own
 * queue, so that its time limit starts with its turn.
 */
export class ThreadSemaphore {
  readonly #maxWaiting: number;
  readonly #waiting = new Set<() => void>();
  #free: number;

  constructor(slots: number, maxWaiting: number) {
    this.#free = slots;
    this.#maxWaiting = maxWaiting;
  }

  /** Whether one more may neither start nor wait. */
  get isFull(): boolean {
    return this.#free === 0 && this.#waiting.size >= this.#maxWaiting;
  }

  /** Waits for a slot; rejects with the signal's reason when it is aborted before. */
  async take(signal: AbortSignal | undefined): Promise<void> {
    signal?.throwIfAborted();
    if (this.#free > 0) {
      this.#free--;
      return;
    }
    await this.#wait(signal);
  }

  /** Gives a slot back, to whoever has waited longest. */
  give(): void {
    const [next] = this.#waiting;
    if (next === undefined) this.#free++;
    else next();
  }

  #wait(signal: AbortSignal | undefined): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const leave = () => {
      this.#waiting.delete(enter);
      reject(signal?.reason);
    };
    const enter = () => {
      this.#waiting.delete(enter);
      signal?.removeEventListener('abort', leave);
      resolve();
    };
    this.#waiting.add(enter);
    signal?.addEventListener('abort', leave, { once: true });
    return promise;
  }
}
