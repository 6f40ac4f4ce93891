import { expect } from 'vitest';
import type { CrawlSpec, QueueName, TaskRecord } from '../../../src/model/task.ts';
import type { TaskQueue } from '../../../src/ports/task-queue.ts';
import { within } from '../../support/within.ts';

/** A crawl of `http://site.test/` plus this path. */
export function crawlOf(path: string, queue: QueueName = 'crawling'): CrawlSpec {
  return {
    kind: 'crawl',
    queue,
    options: {
      url: `http://site.test${path}`,
      depth: 3,
      maxPages: null,
      render: 'http',
      include: [],
      exclude: [],
      subdomains: false,
      hashRoutes: false,
      robots: true,
      sitemap: true,
      summarize: false,
      media: false,
      maxSeconds: 3600,
      hostConcurrency: 4,
      hostDelayMs: 0,
    },
  };
}

/** The record as it is now. */
export async function recordOf(queue: TaskQueue, id: string): Promise<TaskRecord> {
  const record = await queue.get(id);
  expect(record).not.toBeNull();
  return record as TaskRecord;
}

/** Calls the store so often, one call after another, that a worker would have taken what it may take. */
export async function quiescence(queue: TaskQueue): Promise<void> {
  for (let calls = 0; calls < 8; calls += 1) await queue.list({ status: null, cursor: null, limit: 1 });
}

/** Reads the record again and again until it is as it should be. */
export async function recordWhen(
  label: string,
  queue: TaskQueue,
  id: string,
  isRight: (record: TaskRecord) => boolean,
): Promise<TaskRecord> {
  let last: TaskRecord | null = null;
  let patient = true;
  const look = async (): Promise<TaskRecord> => {
    for (;;) {
      last = await recordOf(queue, id);
      if (isRight(last) || !patient) return last;
    }
  };
  try {
    return await within(label, look());
  } catch (error) {
    throw new Error(`in vain: ${label}; the task is ${JSON.stringify(last)}`, { cause: error });
  } finally {
    patient = false;
  }
}
