import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import type { Settings } from '../core/settings.ts';
import { Database } from '../drivers/sqlite/database.ts';
import { SqliteEventLog } from '../drivers/sqlite/event-log.ts';
import { SqliteFrontierStore } from '../drivers/sqlite/frontier.ts';
import { SqliteHostGate } from '../drivers/sqlite/host-gate.ts';
import { SqliteTaskQueue } from '../drivers/sqlite/task-queue.ts';
import { SqliteWebhookOutbox } from '../drivers/sqlite/webhook-outbox.ts';
import { systemClock } from '../drivers/system/clock.ts';
import type { Logger } from '../ports/logger.ts';
import type { GraphPart, TaskPart } from './store-parts.ts';

/** The SQLite file in `STORAGE_DIR`. It opens on first use. */
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

/** Opens the map in the embedded file. */
export async function embeddedGraph(file: EmbeddedFile): Promise<GraphPart> {
  const database = await file.open();
  const { id } = database.service('file');
  return {
    graph: database.service('graph'),
    identity: { id: await id(), place: `${file.path} on ${hostname()}` },
    name: 'store',
    ping: async () => void (await id()),
    close: async () => {},
  };
}

/** Opens the tasks in the embedded file; this process works on them. */
export function embeddedTasks(database: Database, settings: Settings, log: Logger): TaskPart {
  const events = new SqliteEventLog(database, systemClock);
  const desk = {
    events,
    frontiers: new SqliteFrontierStore(database, systemClock),
    webhooks: new SqliteWebhookOutbox(database, systemClock),
    tasks: new SqliteTaskQueue(database, events, systemClock, log, { maxWaiting: settings.maxWaitingTasks }),
  };
  return {
    ...desk,
    desk,
    clock: systemClock,
    gate: new SqliteHostGate(database, systemClock),
    dispatchQueues: null,
    name: 'store',
    ping: async () => void (await desk.tasks.list({ status: null, cursor: null, limit: 1 })),
    tieTo: async () => {},
    close: async () => {},
  };
}
