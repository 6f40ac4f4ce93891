import type { Clock } from '../../src/ports/clock.ts';

/** Time that passes so many times as fast as it does, for what waits for a second process or for the network between. */
export class SwiftClock implements Clock {
  readonly #speed: number;
  readonly #start = Date.now();

  constructor(speed: number) {
    this.#speed = speed;
  }

  now(): number {
    return Math.round(this.#start + (Date.now() - this.#start) * this.#speed);
  }

  after(ms: number, task: () => void): () => void {
    const timer = setTimeout(task, ms / this.#speed);
    return () => clearTimeout(timer);
  }
}
