import { expect } from 'vitest';
import type { QueueName, TaskQueue, TaskRecord, TaskSpec } from '../../../src/ports/task-queue.ts';
import { within } from '../../support/within.ts';

/** A crawl of `http://site.test/` plus this path. */
export function crawlOf(path: string, queue: QueueName = 'crawling'): TaskSpec {
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

/** Reads the record again and again until it is as it should be. */
export function recordWhen(
  label: string,
  queue: TaskQueue,
  id: string,
  isRight: (record: TaskRecord) => boolean,
): Promise<TaskRecord> {
  let patient = true;
  const look = async (): Promise<TaskRecord> => {
    for (;;) {
      const record = await recordOf(queue, id);
      if (isRight(record) || !patient) return record;
    }
  };
  return within(label, look()).finally(() => {
    patient = false;
  });
}
