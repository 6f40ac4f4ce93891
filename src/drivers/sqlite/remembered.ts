import { Known } from '../../core/known.ts';
import type { SqliteFile } from './sqlite-file.ts';

/**
 * Rows that, once written, stay as they are: they need not be looked for again. After a transaction that came to nothing
 * everything is forgotten, as some of it may not be there.
 */
export class Remembered<V> {
  readonly #file: SqliteFile;
  readonly #most: number;
  #known: Known<V>;
  #rollbacks: number;

  /** @param most rows that are remembered: those used last. */
  constructor(file: SqliteFile, most: number) {
    this.#file = file;
    this.#most = most;
    this.#known = new Known(most);
    this.#rollbacks = file.rollbacks;
  }

  get(key: string): V | undefined {
    this.#forgetIfLost();
    return this.#known.get(key);
  }

  add(key: string, value: V): void {
    this.#forgetIfLost();
    this.#known.add(key, value);
  }

  #forgetIfLost(): void {
    if (this.#file.rollbacks === this.#rollbacks) return;
    this.#rollbacks = this.#file.rollbacks;
    this.#known = new Known(this.#most);
  }
}
