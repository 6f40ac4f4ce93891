import { randomUUID } from 'node:crypto';
import { chmodSync, closeSync, openSync } from 'node:fs';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { LRUCache } from 'lru-cache';
import { WaymarkError } from '../../core/errors.ts';
import { SCHEMA, SCHEMA_VERSION } from './schema.ts';

/** Columns that were added to layout 7 after its first release; they may be null. */
const ADDED_URL_COLUMNS = [
  ['status', 'INTEGER'],
  ['spellings', 'TEXT'],
] as const;

/** An open SQLite file with its schema, prepared statements kept. Lives in the database thread. */
export class SqliteFile {
  readonly #db: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  #depth = 0;
  #rollbacks = 0;

  constructor(path: string) {
    if (path !== ':memory:') makePrivate(path);
    this.#db = new DatabaseSync(path, { allowUnknownNamedParameters: true });
    this.#db.exec(`PRAGMA busy_timeout = 10000; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
      PRAGMA temp_store = MEMORY; PRAGMA cache_size = -32768; PRAGMA journal_size_limit = 67108864;`);
    this.transaction(() => this.#prepareSchema());
  }

  /** Number of transactions that were rolled back. */
  get rollbacks(): number {
    return this.#rollbacks;
  }

  sql(text: string): StatementSync {
    const cached = this.#statements.get(text);
    if (cached !== undefined) return cached;
    const made = this.#db.prepare(text);
    this.#statements.set(text, made);
    return made;
  }

  /** All rows of a query, whose columns carry the names and types of `R`. */
  rows<R>(text: string, ...values: readonly SQLInputValue[]): R[] {
    return this.sql(text).all(...values) as R[];
  }

  /**
   * All rows of a query with named parameters, of which it may leave some unused.
   *
   * @param json columns that hold JSON, which is parsed.
   */
  select<R>(text: string, parameters: object, ...json: readonly string[]): R[] {
    const rows = this.sql(text).all(parameters as Record<string, SQLInputValue>) as Record<string, unknown>[];
    for (const row of rows) for (const column of json) row[column] = JSON.parse(String(row[column]));
    return rows as R[];
  }

  /** The first row of a query. */
  row<R>(text: string, ...values: readonly SQLInputValue[]): R | undefined {
    return this.sql(text).get(...values) as R | undefined;
  }

  /** Runs `work` in one write transaction; nested calls join the outer one. */
  transaction<T>(work: () => T): T {
    if (this.#depth > 0) return work();
    this.#db.exec('BEGIN IMMEDIATE');
    this.#depth += 1;
    try {
      const result = work();
      this.#db.exec('COMMIT');
      return result;
    } catch (error) {
      this.#rollbacks += 1;
      // SQLite itself rolls back where the disk is full; a second time would hide that.
      if (this.#db.isTransaction) this.#db.exec('ROLLBACK');
      throw error;
    } finally {
      this.#depth -= 1;
    }
  }

  /** The id of this file, which no other file has, wherever it lies. The first call makes it. */
  id(): string {
    this.sql('INSERT OR IGNORE INTO store (only, id) VALUES (1, ?)').run(randomUUID());
    return String(this.sql('SELECT id FROM store').get()?.['id']);
  }

  close(): void {
    this.#statements.clear();
    this.#db.close();
  }

  #prepareSchema(): void {
    const version = Number(this.sql('PRAGMA user_version').get()?.['user_version'] ?? 0);
    if (version !== 0 && version !== SCHEMA_VERSION) {
      throw new WaymarkError(
        'storage-failed',
        `The storage has layout ${version}, this version of Waymark needs ${SCHEMA_VERSION}: name another STORAGE_DIR.`,
      );
    }
    this.#db.exec(SCHEMA);
    this.#addMissingColumns();
    this.#db.exec(`PRAGMA user_version = ${SCHEMA_VERSION}`);
  }

  #addMissingColumns(): void {
    const columns = this.#db.prepare('PRAGMA table_info(url)').all();
    for (const [name, type] of ADDED_URL_COLUMNS) {
      if (!columns.some((column) => column['name'] === name))
        this.#db.exec(`ALTER TABLE url ADD COLUMN ${name} ${type}`);
    }
  }
}

/**
 * An LRU cache of values from rows that never change. A transaction that is rolled back empties the cache: it may hold rows
 * which that transaction wrote.
 */
export class RowCache<V extends NonNullable<unknown>> {
  readonly #file: SqliteFile;
  readonly #values: LRUCache<string, V>;
  #rollbacks: number;

  /** @param max number of values. */
  constructor(file: SqliteFile, max: number) {
    this.#file = file;
    this.#values = new LRUCache({ max });
    this.#rollbacks = file.rollbacks;
  }

  get(key: string): V | undefined {
    this.#clearAfterRollback();
    return this.#values.get(key);
  }

  set(key: string, value: V): void {
    this.#clearAfterRollback();
    this.#values.set(key, value);
  }

  #clearAfterRollback(): void {
    if (this.#file.rollbacks === this.#rollbacks) return;
    this.#rollbacks = this.#file.rollbacks;
    this.#values.clear();
  }
}

/** Lets only this user read and write the file, which may not exist yet. SQLite gives its -wal and -shm files the same mode. */
function makePrivate(path: string): void {
  closeSync(openSync(path, 'a', 0o600));
  chmodSync(path, 0o600);
}
