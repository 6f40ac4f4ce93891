import { join } from 'node:path';
import { taskEnd } from '../../src/app/follow-task.ts';
import { Service } from '../../src/app/service.ts';
import { openStores, type Stores } from '../../src/app/stores.ts';
import { crawlOptionsFor } from '../../src/core/crawl/crawl-options.ts';
import { parseSettings, type SettingSource } from '../../src/core/settings.ts';
import { createLogger } from '../../src/drivers/system/logger.ts';
import type { CrawlOptions } from '../../src/model/crawl-options.ts';
import type { TaskResult } from '../../src/model/task-result.ts';
import { tempDir } from '../../test/support/temp-dir.ts';

/** Crawls in this process, so that the bench can measure its event loop and memory. */
export function crawlHere(options: CrawlOptions): Promise<TaskResult> {
  return crawlOver(options, {}, (stores) => stores);
}

/** The same with further settings. `replace` may wrap the stores that the settings select. */
export async function crawlOver(
  options: CrawlOptions,
  source: SettingSource,
  replace: (stores: Stores) => Stores,
): Promise<TaskResult> {
  await using dir = await tempDir();
  const settings = parseSettings({
    STORAGE_DIR: join(dir.path, 'storage'),
    ALLOWED_PRIVATE_HOSTS: '127.0.0.1',
    ...source,
  });
  const log = createLogger('error');
  const stores = replace(await openStores(settings, log));
  const service = await Service.over(stores, {
    settings,
    log,
    alsoAllowed: [],
    path: process.env['PATH'] ?? '',
  });
  try {
    const task = await service.tasks.submit({ kind: 'crawl', queue: 'command', options });
    service.work({ queues: ['command'], concurrency: 1, only: task.id });
    const ended = await taskEnd(service.tasks, service.events, task.id, new AbortController().signal);
    if (ended?.result == null) throw new Error(`the crawl did not end well: ${ended?.error?.message}`);
    return ended.result;
  } finally {
    await service.close();
  }
}

const LIMITS = { maxTaskSeconds: 3600, hostConcurrency: 16, hostDelayMs: 0 } as const;

/** A crawl with no limit except the number of pages. */
export function benchOptions(url: string, render: 'http' | 'browser', maxPages: number): CrawlOptions {
  return crawlOptionsFor(url, { ...LIMITS, maxPages }, { render, sitemap: false });
}
