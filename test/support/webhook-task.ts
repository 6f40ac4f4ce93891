import type { TaskEvent, TaskRecord } from '../../src/model/task.ts';

/** 2025-01-01T00:00:00Z. */
export const NEW_YEAR = 1_735_689_600_000;

/** The record of a crawl of `http://site.test/`, with changed fields. */
export function taskRecord(changes: Partial<TaskRecord> = {}): TaskRecord {
  return {
    id: 'task-1',
    spec: {
      kind: 'crawl',
      queue: 'crawling',
      options: {
        url: 'http://site.test/',
        depth: 3,
        maxPages: 10,
        render: 'http',
        include: [],
        exclude: [],
        subdomains: false,
        hashRoutes: false,
        robots: true,
        sitemap: true,
        summarize: false,
        media: false,
        maxSeconds: 60,
        hostConcurrency: 4,
        hostDelayMs: 0,
      },
    },
    amendments: 0,
    status: 'in_progress',
    progress: 0,
    message: '',
    counts: { found: 3, done: 2, failed: 1, skipped: 0, pending: 0, active: 0 },
    retries: 0,
    ranMs: 0,
    result: null,
    error: null,
    createdAt: NEW_YEAR,
    startedAt: NEW_YEAR,
    finishedAt: null,
    ...changes,
  };
}

/** An event `id` seconds after the new year. */
export function taskEvent(
  id: number,
  type: TaskEvent['type'],
  data: Readonly<Record<string, unknown>> = {},
): TaskEvent {
  return { id: String(id), type, at: NEW_YEAR + id * 1000, data };
}
