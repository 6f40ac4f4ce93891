import { randomUUID } from 'node:crypto';
import type { SqliteFile } from '../sqlite-file.ts';

/** What is known of the file as a whole. */
export class StoreTable {
  readonly #file: SqliteFile;

  constructor(file: SqliteFile) {
    this.#file = file;
  }

  /** Tells this file from all others, whatever its path; made with the first question. */
  id(): string {
    this.#file.sql('INSERT OR IGNORE INTO store (only, id) VALUES (1, ?)').run(randomUUID());
    return String(this.#file.sql('SELECT id FROM store').get()?.['id']);
  }
}
