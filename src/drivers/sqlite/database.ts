import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { messageOf, WaymarkError } from '../../core/errors.ts';
import { CLOSE, type ReplyMessage, ThreadCalls } from '../../core/thread-calls.ts';
import type { CallMessage, Remote, ServiceName, Services } from './messages.ts';

const threadFile = new URL('./database-thread.ts', import.meta.url);

/** One SQLite file on a thread of its own, so that no statement ever holds up the main thread. */
export class Database {
  readonly #thread: Worker;
  readonly #calls = new ThreadCalls('The database thread has stopped.');
  readonly #exited: Promise<void>;

  private constructor(path: string) {
    this.#thread = new Worker(threadFile, { workerData: { path } });
    this.#thread.on('message', (message: ReplyMessage) => this.#calls.settle(message));
    this.#thread.on('error', (error) => this.#calls.failAll(error));
    this.#exited = new Promise((resolve) => {
      this.#thread.once('exit', () => {
        this.#calls.failAll(new Error('the database is closed'));
        resolve();
      });
    });
  }

  /** Opens the file, making it and its folder if needed. Rejects with `storage-failed`. */
  static async open(path: string): Promise<Database> {
    await makeFolder(dirname(path));
    const database = new Database(path);
    await database.#calls.opened();
    return database;
  }

  /** The calls of one service. */
  service<S extends ServiceName>(service: S): Remote<Services[S]> {
    const call = (method: string, args: readonly unknown[]) => this.#call(service, method, args);
    return new Proxy({} as Remote<Services[S]>, {
      get: (_, method) =>
        typeof method === 'string' ? (...args: unknown[]) => call(method, args) : undefined,
    });
  }

  /** Finishes the calls that were made before, then closes the file. */
  async close(): Promise<void> {
    this.#thread.postMessage(CLOSE);
    await this.#exited;
  }

  #call(service: ServiceName, method: string, args: readonly unknown[]): Promise<unknown> {
    return this.#calls.call((id) => {
      const message: CallMessage = { id, service, method, args };
      this.#thread.postMessage(message);
    });
  }
}

async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true });
  } catch (cause) {
    throw new WaymarkError('storage-failed', `The folder ${path} cannot be made: ${messageOf(cause)}`, {
      cause,
    });
  }
}
