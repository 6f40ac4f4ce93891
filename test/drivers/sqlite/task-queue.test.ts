import { SqliteEventLog } from '../../../src/drivers/sqlite/event-log.ts';
import { SqliteFrontierStore } from '../../../src/drivers/sqlite/frontier.ts';
import { SqliteHostGate } from '../../../src/drivers/sqlite/host-gate.ts';
import { SqliteTaskQueue } from '../../../src/drivers/sqlite/task-queue.ts';
import { MAX_WAITING } from '../../conformance/task-queue/harness.ts';
import { taskQueueSuite } from '../../conformance/task-queue.suite.ts';
import { silentLogger } from '../../support/silent-logger.ts';
import { SimulatedClock } from '../../support/simulated-clock.ts';
import { startHolder } from './holder.ts';
import { TemporaryStorage } from './storage.ts';

taskQueueSuite('sqlite', async () => {
  const clock = new SimulatedClock();
  const storage = await TemporaryStorage.open();
  const { database, path } = storage;
  const events = new SqliteEventLog(database, clock);
  return {
    queue: new SqliteTaskQueue(database, events, clock, silentLogger, { maxWaiting: MAX_WAITING }),
    events,
    gate: new SqliteHostGate(database, clock),
    frontiers: new SqliteFrontierStore(database, clock),
    clock,
    startHolder: () => startHolder(path),
    [Symbol.asyncDispose]: () => storage[Symbol.asyncDispose](),
  };
});
