import type { Behaviour } from '../../../src/core/actor/actor.ts';
import { within } from '../../support/within.ts';

/** One batch that an actor is handling, and how the test ends it. It fails by itself when the actor is aborted. */
export interface Handling {
  readonly messages: readonly string[];
  readonly signal: AbortSignal;
  /** Which behaviour handles it: 1 is the first that the actor made. */
  readonly behaviour: number;
  succeed(): void;
  fail(error: Error): void;
}

/** Behaviours whose batches the test meets one by one. */
export class Stage {
  readonly #started: Handling[] = [];
  readonly #waiting: ((handling: Handling) => void)[] = [];
  #made = 0;

  readonly create = (): Behaviour<string> => {
    this.#made += 1;
    const behaviour = this.#made;
    return { handle: (messages, signal) => this.#handle(messages, signal, behaviour) };
  };

  /** Batches that were begun and not met yet. */
  get begun(): number {
    return this.#started.length;
  }

  /** The next batch that is begun. */
  next(): Promise<Handling> {
    const started = this.#started.shift();
    if (started !== undefined) return Promise.resolve(started);
    return within('a batch is begun', new Promise<Handling>((resolve) => this.#waiting.push(resolve)));
  }

  #handle(messages: readonly string[], signal: AbortSignal, behaviour: number): Promise<void> {
    return new Promise((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      this.#enter({ messages, signal, behaviour, succeed: resolve, fail: reject });
    });
  }

  #enter(handling: Handling): void {
    const waiting = this.#waiting.shift();
    if (waiting === undefined) this.#started.push(handling);
    else waiting(handling);
  }
}
