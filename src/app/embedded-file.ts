import { join, resolve } from 'node:path';
import { Database } from '../drivers/sqlite/database.ts';

/** The SQLite file of `STORAGE_DIR`, opened by the first part that needs it. */
export class EmbeddedFile {
  readonly path: string;
  #opening: Promise<Database> | null = null;

  constructor(storageDir: string) {
    this.path = resolve(join(storageDir, 'waymark.sqlite'));
  }

  /** Rejects with `storage-failed`. */
  open(): Promise<Database> {
    this.#opening ??= Database.open(this.path);
    return this.#opening;
  }

  async close(): Promise<void> {
    const database = await this.#opening?.catch(() => null);
    await database?.close();
  }
}
