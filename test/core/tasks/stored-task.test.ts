import { describe, expect, it } from 'vitest';
import { readStoredResult, readStoredSpec } from '../../../src/core/tasks/stored-task.ts';
import { crawlOf } from '../../conformance/task-queue/specs.ts';

const { paginatedLists: _, ...options } = { ...crawlOf('/').options, paginatedLists: undefined };

const FIGURES = {
  status: 'completed',
  url: 'http://site.test/',
  sections: 5,
  links: 6,
  groups: 7,
  reasons: {},
};
const PAGES = { strategy: 'all', pages: [1], results: [] };

describe('a stored task', () => {
  it('reads the spec of a crawl that the previous version wrote', () => {
    const stored = { kind: 'crawl', queue: 'crawling', options: { ...options, boards: 'all' } };
    expect(readStoredSpec(JSON.stringify(stored))).toEqual({
      kind: 'crawl',
      queue: 'crawling',
      options: { ...options, paginatedLists: 'all' },
    });
  });

  it('reads the spec of a pagination task that the previous version wrote', () => {
    const list = { urlPattern: 'http://site.test/?p={page}', totalPages: 9, all: false };
    const stored = { kind: 'pagination', queue: 'pagination', options, board: list };
    expect(readStoredSpec(JSON.stringify(stored))).toEqual({
      kind: 'pagination',
      queue: 'pagination',
      options,
      list,
    });
  });

  it('reads the result of a crawl that the previous version wrote', () => {
    const stored = {
      ...FIGURES,
      pages_crawled: 1,
      pages_failed: 2,
      pages_skipped: 3,
      total_nodes: 4,
      boards: 8,
      execution_time: 9.5,
      pages_per_second: 10,
      ended_early: 'limit-pages',
      pages_gone: 11,
    };
    expect(readStoredResult(JSON.stringify(stored))).toEqual({
      ...FIGURES,
      pagesCrawled: 1,
      pagesFailed: 2,
      pagesSkipped: 3,
      totalNodes: 4,
      paginatedLists: 8,
      executionTime: 9.5,
      pagesPerSecond: 10,
      endedEarly: 'limit-pages',
      pagesRemoved: 11,
    });
  });

  it('reads the result of a pagination task that the previous version wrote', () => {
    const stored = { ...FIGURES, pages_crawled: 1, board: PAGES };
    expect(readStoredResult(JSON.stringify(stored))).toEqual({
      ...FIGURES,
      pagesCrawled: 1,
      pagination: PAGES,
    });
  });

  it('reads what this version writes', () => {
    const spec = { ...crawlOf('/'), options: { ...crawlOf('/').options, paginatedLists: 'sample' } };
    expect(readStoredSpec(JSON.stringify(spec))).toEqual(spec);
    const result = { ...FIGURES, pagesCrawled: 1, paginatedLists: 2, pagination: PAGES };
    expect(readStoredResult(JSON.stringify(result))).toEqual(result);
  });
});
