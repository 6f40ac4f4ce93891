import { Database } from '../../../src/drivers/sqlite/database.ts';
import { SqliteEventLog } from '../../../src/drivers/sqlite/event-log.ts';
import { eventLogSuite } from '../../conformance/event-log.suite.ts';
import { SimulatedClock } from '../../support/simulated-clock.ts';
import { TemporaryStorage } from './storage.ts';

eventLogSuite('sqlite', async () => {
  const clock = new SimulatedClock();
  const storage = await TemporaryStorage.open();
  const second = await Database.open(storage.path);
  return {
    log: new SqliteEventLog(storage.database, clock),
    elsewhere: new SqliteEventLog(second, clock),
    clock,
    async [Symbol.asyncDispose]() {
      await second.close();
      await storage[Symbol.asyncDispose]();
    },
  };
});
