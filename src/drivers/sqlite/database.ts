import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { ERRORS, type ErrorCode, messageOf, WaymarkError } from '../../core/errors.ts';
import {
  type AnswerMessage,
  type CallMessage,
  CLOSE,
  OPENING,
  type Remote,
  type ServiceName,
  type Services,
} from './messages.ts';

interface Pending {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

const threadFile = new URL('./database-thread.ts', import.meta.url);

/** One SQLite file on a thread of its own, so that no statement ever holds up the main thread. */
export class Database {
  readonly #thread: Worker;
  readonly #pending = new Map<number, Pending>();
  readonly #exited: Promise<void>;
  #lastId = OPENING;
  #ended: WaymarkError | null = null;

  private constructor(path: string) {
    this.#thread = new Worker(threadFile, { workerData: { path } });
    this.#thread.on('message', (message: AnswerMessage) => this.#settle(message));
    this.#thread.on('error', (error) => this.#failAll(error));
    this.#exited = new Promise((resolve) => {
      this.#thread.once('exit', () => {
        this.#failAll(new Error('the database is closed'));
        resolve();
      });
    });
  }

  /** Opens the file, making it and its folder if needed. Rejects with `storage-failed`. */
  static async open(path: string): Promise<Database> {
    await makeFolder(dirname(path));
    const database = new Database(path);
    await new Promise<unknown>((resolve, reject) => database.#pending.set(OPENING, { resolve, reject }));
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
    if (this.#ended !== null) return Promise.reject(this.#ended);
    this.#lastId += 1;
    const message: CallMessage = { id: this.#lastId, service, method, args };
    return new Promise((resolve, reject) => {
      this.#pending.set(message.id, { resolve, reject });
      this.#thread.postMessage(message);
    });
  }

  #settle(message: AnswerMessage): void {
    const pending = this.#pending.get(message.id);
    this.#pending.delete(message.id);
    if (message.ok) pending?.resolve(message.value);
    else pending?.reject(errorFrom(message.code, message.message));
  }

  #failAll(cause: unknown): void {
    this.#ended ??= new WaymarkError('storage-failed', 'The database thread has stopped.', { cause });
    for (const { reject } of this.#pending.values()) reject(this.#ended);
    this.#pending.clear();
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

function errorFrom(code: string | null, message: string): WaymarkError {
  const known = code !== null && code in ERRORS ? (code as ErrorCode) : 'storage-failed';
  return new WaymarkError(known, message);
}
