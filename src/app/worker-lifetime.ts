import type { Clock } from '../ports/clock.ts';

const LOOK_EVERY_MS = 1000;
const MEGABYTE = 1024 * 1024;

export interface LifetimeLimits {
  readonly tasks: number;
  /** Resident, in megabytes. */
  readonly memoryMb: number;
}

/** Says when a worker process has done enough: after a number of tasks, or once its memory has grown past a bound. */
export class WorkerLifetime {
  /** Resolves with the reason. */
  readonly over: Promise<string>;
  readonly #limits: LifetimeLimits;
  readonly #clock: Clock;
  readonly #residentBytes: () => number;
  readonly #end: (reason: string) => void;
  #tasks = 0;
  #cancelTimer: () => void = () => {};

  constructor(limits: LifetimeLimits, clock: Clock, residentBytes: () => number) {
    const { promise, resolve } = Promise.withResolvers<string>();
    this.over = promise;
    this.#end = resolve;
    this.#limits = limits;
    this.#clock = clock;
    this.#residentBytes = residentBytes;
    this.#look();
  }

  taskEnded(): void {
    this.#tasks += 1;
    if (this.#tasks >= this.#limits.tasks) this.#end(`${this.#tasks} tasks were worked on`);
  }

  stop(): void {
    this.#cancelTimer();
  }

  #look(): void {
    const megabytes = Math.round(this.#residentBytes() / MEGABYTE);
    if (megabytes > this.#limits.memoryMb) this.#end(`memory has grown to ${megabytes} MB`);
    else this.#cancelTimer = this.#clock.after(LOOK_EVERY_MS, () => this.#look());
  }
}
