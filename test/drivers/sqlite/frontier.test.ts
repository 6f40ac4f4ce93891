import { SqliteFrontierStore } from '../../../src/drivers/sqlite/frontier.ts';
import { frontierSuite } from '../../conformance/frontier.suite.ts';
import { SimulatedClock } from '../../support/simulated-clock.ts';
import { TemporaryStorage } from './storage.ts';

frontierSuite('sqlite', async () => {
  const clock = new SimulatedClock();
  const storage = await TemporaryStorage.open();
  return {
    clock,
    get store() {
      return new SqliteFrontierStore(storage.database, clock);
    },
    reopen: () => storage.reopen(),
    [Symbol.asyncDispose]: () => storage[Symbol.asyncDispose](),
  };
});
