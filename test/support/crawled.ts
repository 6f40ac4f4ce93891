import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { taskEnd } from '../../src/app/follow-task.ts';
import { Service } from '../../src/app/service.ts';
import { openStores, type Stores } from '../../src/app/stores.ts';
import { crawlOptionsFor } from '../../src/core/crawl/crawl-options.ts';
import { parseSettings, type Settings } from '../../src/core/settings.ts';
import { createLogger } from '../../src/drivers/system/logger.ts';
import type { CrawlOptions } from '../../src/model/crawl-options.ts';
import type { LedgerRow } from '../../src/model/ledger.ts';
import type { StoredPage } from '../../src/model/page.ts';
import type { TaskRecord } from '../../src/model/task.ts';

export interface TestService extends AsyncDisposable {
  readonly service: Service;
  readonly settings: Settings;
}

/** The whole product over a fresh store, allowed to reach loopback. `replace` may wrap its stores. */
export async function openTestService(
  source: Readonly<Record<string, string>> = {},
  replace: (stores: Stores) => Stores = (stores) => stores,
): Promise<TestService> {
  const storageDir = await mkdtemp(join(tmpdir(), 'waymark-test-'));
  const settings = parseSettings({
    LOG_LEVEL: 'silent',
    ALLOWED_PRIVATE_HOSTS: '127.0.0.1',
    ...source,
    STORAGE_DIR: storageDir,
  });
  const log = createLogger('silent');
  const service = await Service.over(replace(await openStores(settings, log)), {
    settings,
    log,
    alsoAllowed: [],
    path: process.env['PATH'] ?? '',
  });
  return {
    service,
    settings,
    async [Symbol.asyncDispose]() {
      await service.close();
      await rm(storageDir, { recursive: true, force: true });
    },
  };
}

const LIMITS = { maxPages: 10_000, maxTaskSeconds: 600, hostConcurrency: 8, hostDelayMs: 0 } as const;

/** A crawl of a whole site by plain HTTP, with changed options. */
export function crawlOptions(url: string, changes: Partial<CrawlOptions> = {}): CrawlOptions {
  return crawlOptionsFor(url, LIMITS, { render: 'http', ...changes });
}

export interface Crawled {
  readonly task: TaskRecord;
  readonly pages: readonly StoredPage[];
  readonly ledger: ReadonlyMap<string, LedgerRow>;
}

/** Crawls to the end. Returns the record, the pages in the graph and the ledger. */
export async function crawl({ service }: TestService, options: CrawlOptions): Promise<Crawled> {
  const { id } = await service.tasks.submit({ kind: 'crawl', queue: 'command', options });
  const worker = service.work({ queues: ['command'], concurrency: 1, only: id });
  const task = await taskEnd(service.tasks, service.events, id, new AbortController().signal);
  await worker.close();
  if (task === null) throw new Error('the task does not exist');
  return { task, pages: await allPages(service, id), ledger: await wholeLedger(service, id) };
}

export async function allPages(service: Service, crawlId: string): Promise<readonly StoredPage[]> {
  const all: StoredPage[] = [];
  for (let cursor: string | null = null; ; ) {
    const { pages, next } = await service.graph.pages(crawlId, { cursor, limit: 500 });
    all.push(...pages);
    if (next === null) return all;
    cursor = next;
  }
}

export async function wholeLedger(
  service: Service,
  crawlId: string,
): Promise<ReadonlyMap<string, LedgerRow>> {
  const all = new Map<string, LedgerRow>();
  for (let cursor: string | null = null; ; ) {
    const { rows, next } = await service.frontiers.ledger(crawlId, { cursor, limit: 500, state: null });
    for (const row of rows) all.set(row.url, row);
    if (next === null) return all;
    cursor = next;
  }
}
