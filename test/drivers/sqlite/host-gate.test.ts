import { SqliteHostGate } from '../../../src/drivers/sqlite/host-gate.ts';
import { hostGateSuite } from '../../conformance/host-gate.suite.ts';
import { SimulatedClock } from '../../support/simulated-clock.ts';
import { TemporaryStorage } from './storage.ts';

hostGateSuite('sqlite', async () => {
  const clock = new SimulatedClock();
  const storage = await TemporaryStorage.open();
  const gate = new SqliteHostGate(storage.database, clock);
  return { gate, clock, [Symbol.asyncDispose]: () => storage[Symbol.asyncDispose]() };
});
