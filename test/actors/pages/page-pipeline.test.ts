import { describe, expect, it } from 'vitest';
import { EarlyTermination } from '../../../actors/pages/early-termination.ts';
import {
  PagePipeline,
  type PagePipelineParts,
  type PageServices,
} from '../../../actors/pages/page-pipeline.ts';
import { ActorMetrics } from '../../../src/core/actor/actor-metrics.ts';
import { crawlOptionsFor } from '../../../src/core/crawl/crawl-options.ts';
import { SqliteEventLog } from '../../../src/drivers/sqlite/event-log.ts';
import { SqliteFrontierStore } from '../../../src/drivers/sqlite/frontier.ts';
import { SqliteHostGate } from '../../../src/drivers/sqlite/host-gate.ts';
import type { CrawlOptions } from '../../../src/model/crawl-options.ts';
import type { TaskRecord } from '../../../src/model/task.ts';
import type { Fetcher } from '../../../src/ports/fetcher.ts';
import type { Frontier } from '../../../src/ports/frontier.ts';
import { NO_LIMITS } from '../../conformance/frontier/harness.ts';
import { TemporaryStorage } from '../../drivers/sqlite/storage.ts';
import { silentLogger } from '../../support/silent-logger.ts';
import { SimulatedClock } from '../../support/simulated-clock.ts';

const SEED = 'http://site.test/';
const MAX_SECONDS = 60;
const OPTIONS: CrawlOptions = crawlOptionsFor(
  SEED,
  { maxPages: 100, maxTaskSeconds: MAX_SECONDS, hostConcurrency: 4, hostDelayMs: 0 },
  { robots: false },
);

const TASK: TaskRecord = {
  id: 'crawl',
  spec: { kind: 'crawl', queue: 'command', options: OPTIONS },
  amendments: 0,
  status: 'in_progress',
  progress: 0,
  message: '',
  counts: { found: 0, done: 0, failed: 0, skipped: 0, pending: 0, active: 0 },
  retries: 0,
  ranMs: 0,
  result: null,
  error: null,
  createdAt: 0,
  startedAt: 0,
  finishedAt: null,
};

describe('the end of a page pipeline whose frontier rejects what is handed back', () => {
  it('stops the watchdog and every other timer', async () => {
    await using storage = await TemporaryStorage.open();
    const clock = new SimulatedClock();
    const frontier = await frontierWithPage(storage, clock);
    const pipeline = await PagePipeline.open(partsOver(storage, clock, withoutRelease(frontier)));
    await expect(pipeline.run(async () => {})).rejects.toThrow('the store is busy');
    expect(clock.timers).toBe(0);
    await clock.advance(MAX_SECONDS * 2000);
    expect(await frontier.closeReason()).toBeNull();
  });

  it('still releases the claims of its owner', async () => {
    await using storage = await TemporaryStorage.open();
    const clock = new SimulatedClock();
    const frontier = await frontierWithPage(storage, clock);
    const pipeline = await PagePipeline.open(partsOver(storage, clock, withoutRelease(frontier)));
    await expect(pipeline.run(async () => {})).rejects.toThrow('the store is busy');
    expect(await frontier.counts()).toMatchObject({ pending: 1, active: 0 });
  });
});

async function frontierWithPage(storage: TemporaryStorage, clock: SimulatedClock): Promise<Frontier> {
  const frontier = await new SqliteFrontierStore(storage.database, clock).open('crawl', NO_LIMITS);
  await frontier.add([{ url: SEED, host: 'site.test', depth: 0, by: 'seed', foundOn: null }]);
  return frontier;
}

function withoutRelease(frontier: Frontier): Frontier {
  return new Proxy(frontier, {
    get(target, name) {
      if (name === 'release') return () => Promise.reject(new Error('the store is busy'));
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

/** A fetcher that makes its source claim a page, and ends without visiting it. */
const claimOneAhead: Fetcher = {
  async run(source) {
    await source.isEmpty();
  },
  wake: () => {},
  stop: async () => {},
};

function partsOver(
  { database }: TemporaryStorage,
  clock: SimulatedClock,
  frontier: Frontier,
): PagePipelineParts {
  const services: PageServices = {
    gate: new SqliteHostGate(database, clock),
    graph: database.service('graph'),
    events: new SqliteEventLog(database, clock),
    parsePool: { parse: () => Promise.reject(new Error('nothing is parsed here')), close: async () => {} },
    documents: { get: () => Promise.reject(new Error('nothing is fetched here')) },
    clock,
    log: silentLogger,
    metrics: new ActorMetrics(),
    createFetcher: async () => claimOneAhead,
    limits: {
      retries: { attempts: 1, delayMs: 0 },
      parseQueue: 1,
      parseConcurrency: 1,
      idleMs: 30_000,
      visitMs: 60_000,
    },
  };
  return {
    run: {
      role: 'leader',
      task: TASK,
      owner: 'one',
      signal: new AbortController().signal,
      report: async () => {},
    },
    services,
    frontier,
    plan: { linksOf: () => [], enough: () => null },
    scope: { hosts: ['site.test'], subdomains: false, include: [], exclude: [], hashRoutes: false },
    termination: new EarlyTermination({ taskId: TASK.id, frontier, log: silentLogger }),
    onSaved: () => {},
  };
}
