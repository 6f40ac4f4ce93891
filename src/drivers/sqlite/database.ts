import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { messageOf, WaymarkError } from '../../core/errors.ts';
import { workerFile } from '../../core/worker-file.ts';
import { type Remote, ServiceThread } from '../system/thread-rpc.ts';
import type { DatabaseServices } from './database-thread.ts';

const threadFile = workerFile('./database-thread.ts', import.meta.url);

/** One SQLite file on a thread of its own, so that no statement blocks the main thread. */
export class Database {
  readonly #thread: ServiceThread<DatabaseServices>;

  private constructor(thread: ServiceThread<DatabaseServices>) {
    this.#thread = thread;
  }

  /**
   * Opens the file. Creates it and its folder if they do not exist, for this user alone: the store holds secrets of webhooks.
   * Rejects with `storage-failed`.
   */
  static async open(path: string): Promise<Database> {
    await makeFolder(dirname(path));
    const thread = await ServiceThread.open<DatabaseServices>(threadFile, {
      workerData: { path },
      stopped: 'The database thread has stopped.',
      closed: 'The database is closed.',
    });
    return new Database(thread);
  }

  service<S extends keyof DatabaseServices>(service: S): Remote<DatabaseServices[S]> {
    return this.#thread.service(service);
  }

  /** Finishes the calls made before, then closes the file. */
  close(): Promise<void> {
    return this.#thread.close();
  }
}

async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw new WaymarkError('storage-failed', `The folder ${path} cannot be made: ${messageOf(cause)}`, {
      cause,
    });
  }
}
