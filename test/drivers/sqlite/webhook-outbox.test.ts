import { SqliteWebhookOutbox } from '../../../src/drivers/sqlite/webhook-outbox.ts';
import { webhookOutboxSuite } from '../../conformance/webhook-outbox.suite.ts';
import { SimulatedClock } from '../../support/simulated-clock.ts';
import { TemporaryStorage } from './storage.ts';

webhookOutboxSuite('sqlite', async () => {
  const clock = new SimulatedClock();
  const storage = await TemporaryStorage.open();
  const outbox = new SqliteWebhookOutbox(storage.database, clock);
  return { outbox, clock, [Symbol.asyncDispose]: () => storage[Symbol.asyncDispose]() };
});
