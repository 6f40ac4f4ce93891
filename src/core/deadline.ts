import type { Clock } from '../ports/clock.ts';

export interface DeadlineOptions {
  /** Milliseconds from now. */
  readonly ms: number;
  readonly clock: Clock;
  /** Makes the error for work that takes longer. */
  readonly error: () => Error;
  /** Ends the work earlier, with its own reason. */
  readonly parent?: AbortSignal | undefined;
}

/**
 * The time that a piece of work may take. Its signal aborts when the time is over, when the parent aborts, and on
 * disposal, so that nothing goes on under it (for example the rest of a response body).
 */
export class Deadline implements Disposable {
  readonly #controller = new AbortController();
  readonly #parent: AbortSignal | undefined;
  readonly #cancelTimer: () => void;
  readonly #onParentAbort = () => this.#controller.abort(this.#parent?.reason);
  #hasPassed = false;

  constructor({ ms, clock, error, parent }: DeadlineOptions) {
    this.#parent = parent;
    this.#cancelTimer = clock.after(ms, () => {
      this.#hasPassed = !this.signal.aborted;
      this.#controller.abort(error());
    });
    if (parent?.aborted) this.#onParentAbort();
    else parent?.addEventListener('abort', this.#onParentAbort, { once: true });
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Whether the signal aborted because the time was over. */
  get hasPassed(): boolean {
    return this.#hasPassed;
  }

  [Symbol.dispose](): void {
    this.#cancelTimer();
    this.#parent?.removeEventListener('abort', this.#onParentAbort);
    this.#controller.abort();
  }
}

/** Settles as `work` does, or rejects when the time is over or the parent aborts. The work itself goes on. */
export async function withDeadline<T>(work: Promise<T>, options: DeadlineOptions): Promise<T> {
  using deadline = new Deadline(options);
  const { promise, reject } = Promise.withResolvers<never>();
  const { signal } = deadline;
  const onAbort = () => reject(signal.reason);
  if (signal.aborted) onAbort();
  else signal.addEventListener('abort', onAbort, { once: true });
  return await Promise.race([work, promise]);
}

/** Resolves after `ms` milliseconds, or at once when the signal aborts. */
export function pause(ms: number, clock: Clock, signal: AbortSignal): Promise<void> {
  if (ms <= 0 || signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      cancelTimer();
      signal.removeEventListener('abort', done);
      resolve();
    };
    const cancelTimer = clock.after(ms, done);
    signal.addEventListener('abort', done, { once: true });
  });
}
