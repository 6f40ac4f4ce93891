/** Run as `node holder-process.ts FILE`: takes a task of the file, claims its first page, and never ends it. */
import { Database } from '../../../src/drivers/sqlite/database.ts';
import { SqliteEventLog } from '../../../src/drivers/sqlite/event-log.ts';
import { SqliteFrontierStore } from '../../../src/drivers/sqlite/frontier.ts';
import { SqliteTaskQueue } from '../../../src/drivers/sqlite/task-queue.ts';
import { systemClock } from '../../../src/drivers/system/clock.ts';
import type { RunContext, RunEnd } from '../../../src/ports/task-queue.ts';
import { silentLogger } from '../../support/silent-logger.ts';

const database = await Database.open(process.argv[2] ?? '');
const frontiers = new SqliteFrontierStore(database, systemClock);
const events = new SqliteEventLog(database, systemClock);
const queue = new SqliteTaskQueue(database, events, systemClock, silentLogger, { maxWaiting: 1 });

async function hold({ task, owner }: RunContext): Promise<RunEnd> {
  const frontier = await frontiers.open(task.id, { maxPages: null, maxUrls: 100, maxDepth: null });
  const url = 'http://site.test/';
  await frontier.add([{ url, host: 'site.test', depth: 0, by: 'seed', foundOn: null }]);
  await frontier.claim({ owner, leaseMs: 3_600_000, exceptHosts: [], limit: 1 });
  process.stdout.write('taken\n');
  return new Promise(() => {});
}

queue.work(hold, { queues: ['crawling'], concurrency: 1 });
