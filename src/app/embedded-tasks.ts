import type { Settings } from '../core/settings.ts';
import type { Database } from '../drivers/sqlite/database.ts';
import { SqliteEventLog } from '../drivers/sqlite/event-log.ts';
import { SqliteFrontierStore } from '../drivers/sqlite/frontier.ts';
import { SqliteHostGate } from '../drivers/sqlite/host-gate.ts';
import { SqliteTaskQueue } from '../drivers/sqlite/task-queue.ts';
import { SqliteWebhookOutbox } from '../drivers/sqlite/webhook-outbox.ts';
import { systemClock } from '../drivers/system/clock.ts';
import type { Logger } from '../ports/logger.ts';
import type { TaskPart } from './task-part.ts';

/** Tasks in the SQLite file, worked on in this process. */
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
    gate: new SqliteHostGate(database, systemClock),
    dispatchQueues: null,
    name: 'store',
    ping: async () => void (await desk.tasks.list({ status: null, cursor: null, limit: 1 })),
    tieTo: async () => {},
    close: async () => {},
  };
}
