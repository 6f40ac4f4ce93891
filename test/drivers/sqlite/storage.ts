import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Database } from '../../../src/drivers/sqlite/database.ts';

/** A database file of its own in a folder that goes away with it. */
export class TemporaryStorage implements AsyncDisposable {
  readonly path: string;
  readonly #folder: AsyncDisposable;
  #database: Database;

  private constructor(path: string, folder: AsyncDisposable, database: Database) {
    this.path = path;
    this.#folder = folder;
    this.#database = database;
  }

  static async open(): Promise<TemporaryStorage> {
    const folder = await mkdtempDisposable(join(tmpdir(), 'waymark-test-'));
    const path = join(folder.path, 'waymark.db');
    return new TemporaryStorage(path, folder, await Database.open(path));
  }

  get database(): Database {
    return this.#database;
  }

  async reopen(): Promise<void> {
    await this.#database.close();
    this.#database = await Database.open(this.path);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#database.close();
    await this.#folder[Symbol.asyncDispose]();
  }
}
