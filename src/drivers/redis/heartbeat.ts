import { messageOf } from '../../core/errors.ts';
import type { Logger } from '../../ports/logger.ts';
import type { StopReason } from '../../ports/task-queue.ts';

/** Shows now and then that a run lives, and stops it when its task is no longer its own, or no longer wanted. */
export class Heartbeat {
  readonly #beat: () => Promise<StopReason | null>;
  readonly #log: Logger;
  readonly #stop = new AbortController();
  #beating = false;

  /** `beat` answers why the run must stop, or null. */
  constructor(beat: () => Promise<StopReason | null>, log: Logger) {
    this.#beat = beat;
    this.#log = log;
  }

  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  stop(reason: StopReason): void {
    this.#stop.abort(reason);
  }

  /** One beat at a time: during an outage they do not pile up. */
  beat(): void {
    if (this.#beating) return;
    this.#beating = true;
    this.#beat()
      .then((reason) => {
        if (reason !== null) this.stop(reason);
      })
      .catch((error: unknown) => this.#log.warn('a heartbeat failed', { error: messageOf(error) }))
      .finally(() => {
        this.#beating = false;
      });
  }
}
