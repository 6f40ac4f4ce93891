export interface SemaphoreOptions {
  /** Permits, and so holders at once. */
  readonly permits: number;
  /** Callers that may wait for a permit. Default: any number. */
  readonly maxWaiting?: number;
}

/** A counting semaphore. Callers that find no free permit wait; they get theirs in the order of their calls. */
export class Semaphore {
  readonly #maxWaiting: number;
  readonly #waiting = new Set<() => void>();
  #free: number;

  constructor({ permits, maxWaiting = Number.POSITIVE_INFINITY }: SemaphoreOptions) {
    this.#free = permits;
    this.#maxWaiting = maxWaiting;
  }

  /** Whether no permit is free and no more callers may wait. `acquire` itself never refuses a caller. */
  get isFull(): boolean {
    return this.#free === 0 && this.#waiting.size >= this.#maxWaiting;
  }

  /**
   * Resolves to the function that releases the permit; further calls of it do nothing. Rejects with the reason of the
   * signal if that aborts before the caller has a permit.
   */
  async acquire(signal?: AbortSignal): Promise<() => void> {
    signal?.throwIfAborted();
    if (this.#free > 0) this.#free -= 1;
    else await this.#wait(signal);
    let isHeld = true;
    return () => {
      if (isHeld) this.#release();
      isHeld = false;
    };
  }

  #wait(signal: AbortSignal | undefined): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const leave = () => {
      this.#waiting.delete(enter);
      reject(signal?.reason);
    };
    const enter = () => {
      signal?.removeEventListener('abort', leave);
      resolve();
    };
    this.#waiting.add(enter);
    signal?.addEventListener('abort', leave, { once: true });
    return promise;
  }

  /** Passes the permit on to the caller that has waited longest. */
  #release(): void {
    const [next] = this.#waiting;
    if (next === undefined) {
      this.#free += 1;
      return;
    }
    this.#waiting.delete(next);
    next();
  }
}
