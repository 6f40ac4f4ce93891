import type { Clock } from '../../src/ports/clock.ts';

/** A clock that runs `speed` times as fast, for tests that wait for another process or the network. */
export class FastClock implements Clock {
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
