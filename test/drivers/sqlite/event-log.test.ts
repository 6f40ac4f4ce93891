import { expect, it } from 'vitest';
import { Database } from '../../../src/drivers/sqlite/database.ts';
import { SqliteEventLog } from '../../../src/drivers/sqlite/event-log.ts';
import { SqliteTaskQueue } from '../../../src/drivers/sqlite/task-queue.ts';
import { eventLogSuite } from '../../conformance/event-log.suite.ts';
import { crawlOf } from '../../conformance/task-queue/specs.ts';
import { silentLogger } from '../../support/silent-logger.ts';
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

it('the events of a task are removed a day after its end, when the next one is submitted', async () => {
  await using storage = await TemporaryStorage.open();
  const clock = new SimulatedClock();
  const log = new SqliteEventLog(storage.database, clock);
  const tasks = new SqliteTaskQueue(storage.database, log, clock, silentLogger, { maxWaiting: 9 });
  const [ended, waiting] = [await tasks.submit(crawlOf('/a')), await tasks.submit(crawlOf('/b'))];
  for (const { id } of [ended, waiting]) await log.append(id, [{ type: 'page', data: {} }]);
  await tasks.cancel(ended.id);
  await clock.advance(24 * 3_600_000);
  await tasks.submit(crawlOf('/c'));
  expect(await log.read(ended.id, null, 10)).toHaveLength(2);
  await clock.advance(1);
  await tasks.submit(crawlOf('/d'));
  const left = await log.read(ended.id, null, 10);
  expect(left.map(({ type }) => type)).toEqual(['gap']);
  expect(await log.read(ended.id, left[0]?.id ?? null, 10)).toEqual([]);
  expect(await log.read(waiting.id, null, 10)).toHaveLength(1);
});
