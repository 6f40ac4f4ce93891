import { messageOf } from '../core/errors.ts';
import type { Logger } from '../ports/logger.ts';

/** Tells of an outage once, however often a connection is tried in vain, and of its end. */
export class OutageLog {
  readonly #name: string;
  readonly #log: Logger;
  #away = false;

  constructor(name: string, log: Logger) {
    this.#name = name;
    this.#log = log;
  }

  failed(error: unknown): void {
    if (!this.#away)
      this.#log.warn(`${this.#name} does not answer as it should`, { error: messageOf(error) });
    this.#away = true;
  }

  answered(): void {
    if (this.#away) this.#log.info(`${this.#name} answers again`);
    this.#away = false;
  }
}
