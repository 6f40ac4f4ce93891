import type { Clock } from '../../ports/clock.ts';
import type { EventLog } from '../../ports/event-log.ts';

/** Waits for events of a task. An event between two waits ends the next wait at once. */
export class TaskChanges {
  readonly #clock: Clock;
  readonly #unwatch: () => void;
  #changed = false;
  #wake: () => void = () => {};

  constructor(events: Pick<EventLog, 'watch'>, clock: Clock, taskId: string) {
    this.#clock = clock;
    this.#unwatch = events.watch(taskId, () => {
      this.#changed = true;
      this.#wake();
    });
  }

  /** Waits at most `ms` milliseconds for an event, or until `signal` aborts. */
  async next(ms: number, signal: AbortSignal): Promise<void> {
    if (!this.#changed && !signal.aborted) await this.#sleep(ms, signal);
    this.#changed = false;
  }

  close(): void {
    this.#unwatch();
  }

  async #sleep(ms: number, signal: AbortSignal): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const wake = () => resolve();
    const cancelTimer = this.#clock.after(ms, wake);
    signal.addEventListener('abort', wake);
    this.#wake = wake;
    await promise;
    signal.removeEventListener('abort', wake);
    cancelTimer();
  }
}
