export interface SemaphoreOptions {
  /** Permits, and so holders at once. */
  readonly permits: number;
  /** Callers that may wait for a permit. Default: any number. */
  readonly maxWaiting?: number;
  /** Permits that a share may hold now. Default: all. After it has risen for a share, call `update`. */
  readonly limitOf?: (share: string) => number;
  /** Milliseconds of a monotonic clock, to measure how long shares hold permits. Default: they are not measured. */
  readonly now?: () => number;
}

/** The callers of one share. */
interface Share {
  readonly name: string;
  readonly waiting: Set<() => void>;
  held: number;
  /** Milliseconds that the share held permits, as of `usedAt`; it halves every `HALF_LIFE_MS`. */
  usedMs: number;
  usedAt: number;
  /** Serial number of its last permit. */
  served: number;
}

const HALF_LIFE_MS = 10_000;
/** A share that waits for nothing is forgotten when its use has decayed to this. */
const FORGOTTEN_MS = 1;

/**
 * A counting semaphore that is fair between shares, such as tasks or hosts. A free permit goes to the waiting share that
 * holds the fewest permits; among those, to the one that held permits for the least time recently; among those, to the
 * one that was served the longest ago. Callers of one share get theirs in the order of their calls.
 */
export class Semaphore {
  readonly #maxWaiting: number;
  readonly #limitOf: (share: string) => number;
  readonly #now: () => number;
  readonly #shares = new Map<string, Share>();
  #free: number;
  #waiting = 0;
  #served = 0;

  constructor({ permits, maxWaiting, limitOf, now }: SemaphoreOptions) {
    this.#free = permits;
    this.#maxWaiting = maxWaiting ?? Number.POSITIVE_INFINITY;
    this.#limitOf = limitOf ?? (() => permits);
    this.#now = now ?? (() => 0);
  }

  /** Whether no permit is free and no more callers may wait. `acquire` itself never refuses a caller. */
  get isFull(): boolean {
    return this.#free === 0 && this.#waiting >= this.#maxWaiting;
  }

  /**
   * Resolves to the function that releases the permit; further calls of it do nothing. Rejects with the reason of the
   * signal if that aborts before the caller has a permit.
   */
  async acquire(signal?: AbortSignal, share = ''): Promise<() => void> {
    signal?.throwIfAborted();
    const own = this.#shareOf(share);
    if (this.#free > 0 && this.#mayTake(own)) this.#take(own);
    else await this.#wait(own, signal);
    const since = this.#now();
    let isHeld = true;
    return () => {
      if (isHeld) this.#release(own, since);
      isHeld = false;
    };
  }

  /** Hands out free permits after the limit of a share has risen. */
  update(): void {
    while (this.#free > 0) {
      const share = this.#nextShare();
      const [enter] = share?.waiting ?? [];
      if (share === null || enter === undefined) return;
      this.#leave(share, enter);
      this.#take(share);
      enter();
    }
  }

  #wait(share: Share, signal: AbortSignal | undefined): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const abandon = () => {
      this.#leave(share, enter);
      reject(signal?.reason);
    };
    const enter = () => {
      signal?.removeEventListener('abort', abandon);
      resolve();
    };
    share.waiting.add(enter);
    this.#waiting += 1;
    signal?.addEventListener('abort', abandon, { once: true });
    return promise;
  }

  #leave(share: Share, enter: () => void): void {
    if (share.waiting.delete(enter)) this.#waiting -= 1;
  }

  #take(share: Share): void {
    this.#free -= 1;
    share.held += 1;
    share.served = ++this.#served;
  }

  #release(share: Share, since: number): void {
    this.#free += 1;
    share.held -= 1;
    share.usedMs = this.#usedMs(share) + this.#now() - since;
    share.usedAt = this.#now();
    this.update();
  }

  #mayTake({ name, held }: Share): boolean {
    return held < this.#limitOf(name);
  }

  #nextShare(): Share | null {
    let next: Share | null = null;
    for (const share of this.#shares.values()) {
      if (share.waiting.size === 0 || !this.#mayTake(share)) continue;
      if (next === null || this.#precedence(share, next) < 0) next = share;
    }
    return next;
  }

  #precedence(one: Share, other: Share): number {
    return one.held - other.held || this.#usedMs(one) - this.#usedMs(other) || one.served - other.served;
  }

  #usedMs({ usedMs, usedAt }: Share): number {
    return usedMs * 0.5 ** ((this.#now() - usedAt) / HALF_LIFE_MS);
  }

  #shareOf(name: string): Share {
    const existing = this.#shares.get(name);
    if (existing !== undefined) return existing;
    for (const share of this.#shares.values()) {
      if (share.held + share.waiting.size === 0 && this.#usedMs(share) < FORGOTTEN_MS)
        this.#shares.delete(share.name);
    }
    const share = {
      name,
      waiting: new Set<() => void>(),
      held: 0,
      usedMs: 0,
      usedAt: this.#now(),
      served: 0,
    };
    this.#shares.set(name, share);
    return share;
  }
}
