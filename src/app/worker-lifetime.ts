import type { Clock } from '../ports/clock.ts';

const CHECK_EVERY_MS = 1000;
const MEGABYTE = 1024 * 1024;

export interface LifetimeLimits {
  readonly tasks: number;
  /** Resident memory, in megabytes. */
  readonly memoryMb: number;
}

/** Decides when a worker process must be replaced: after a number of tasks, or when its memory exceeds a limit. */
export class WorkerLifetime {
  /** Resolves with the reason when a limit is reached. */
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
    this.#check();
  }

  taskEnded(): void {
    this.#tasks += 1;
    if (this.#tasks >= this.#limits.tasks) this.#end(`it has run ${this.#tasks} tasks`);
  }

  stop(): void {
    this.#cancelTimer();
  }

  #check(): void {
    const megabytes = Math.round(this.#residentBytes() / MEGABYTE);
    if (megabytes > this.#limits.memoryMb) this.#end(`its memory has grown to ${megabytes} MB`);
    else this.#cancelTimer = this.#clock.after(CHECK_EVERY_MS, () => this.#check());
  }
}
