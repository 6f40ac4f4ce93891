import { describe, expect, it } from 'vitest';
import type { CrawlOptions } from '../../src/model/crawl-options.ts';
import type { LedgerRow } from '../../src/model/ledger.ts';
import { crawl, crawlOptions, openTestService } from '../support/crawled.ts';
import { type ListSite, pageNumber, startListSite, visitedPages } from '../support/list-site.ts';

const MINUTE = 60_000;

interface CrawledList {
  /** Numbers of the pages of the list that were requested from the server. */
  readonly visited: readonly number[];
  /** Numbers of its pages that the ledger says were left out, by reason. */
  readonly leftOut: Readonly<Record<string, readonly number[]>>;
  /** Numbers of the items that are on the map. */
  readonly items: readonly number[];
  readonly counts: Readonly<Record<string, number>>;
  readonly reasons: Readonly<Record<string, number>>;
}

async function crawlList(list: ListSite, changes: Partial<CrawlOptions> = {}): Promise<CrawledList> {
  await using site = await startListSite(list);
  await using test = await openTestService({ MAX_RETRIES: '0' });
  const { task, pages, ledger } = await crawl(test, crawlOptions(site.url('/'), changes));
  expect(task.status).toBe('completed');
  return {
    visited: visitedPages(site),
    leftOut: leftOut([...ledger.values()]),
    items: pages.flatMap(({ url }) => /item-(\d+)$/.exec(url)?.slice(1) ?? []).map(Number),
    counts: { ...task.counts },
    reasons: task.result?.reasons ?? {},
  };
}

function leftOut(rows: readonly LedgerRow[]): Readonly<Record<string, readonly number[]>> {
  const pages = rows.flatMap(({ url, state, reason }) => {
    const page = pageNumber(url);
    return state === 'skipped' && page !== null ? [{ reason: reason ?? '', page }] : [];
  });
  const byReason = Map.groupBy(pages, ({ reason }) => reason);
  return Object.fromEntries(
    [...byReason].map(([reason, some]) => [reason, some.map(({ page }) => page).toSorted((a, b) => a - b)]),
  );
}

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => from + n);
const without = (from: number, to: number, taken: readonly number[]) =>
  range(from, to).filter((n) => !taken.includes(n));

describe('a list in many pages on a site that is crawled', { timeout: MINUTE }, () => {
  it('of five pages is visited whole', async () => {
    const { visited, leftOut: none } = await crawlList({ pages: 5, bar: 'all' });
    expect(visited).toEqual([1, 2, 3, 4, 5]);
    expect(none).toEqual({});
  });

  it.each(['all', 'window'] as const)('of 12 pages is sampled by four of them (bar: %s)', async (bar) => {
    const list = await crawlList({ pages: 12, bar });
    expect(list.visited).toEqual([1, 2, 3, 12]);
    expect(list.leftOut).toEqual({ 'sampled-out': range(4, 11) });
    // Two items on each page that was visited: they are followed like any link.
    expect(list.items.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 23, 24]);
    // Front page, 12 pages of the list, 8 items.
    expect(list.counts).toEqual({ found: 21, done: 13, failed: 0, skipped: 8, pending: 0, active: 0 });
    expect(list.reasons).toEqual({ 'sampled-out': 8 });
  });

  it.each(['all', 'window'] as const)('of 40 pages is sampled by six of them (bar: %s)', async (bar) => {
    const list = await crawlList({ pages: 40, bar });
    const taken = [1, 2, 3, 10, 20, 40];
    expect(list.visited).toEqual(taken);
    expect(list.leftOut).toEqual({ 'sampled-out': without(4, 40, taken) });
  });

  it('that shows ten pages at a time is corrected until the last page says that it is the last', async () => {
    const list = await crawlList({ pages: 25, bar: 'tens' });
    // Page 1 knows of 11, page 11 of 21, page 21 of 25; from 21 pages on, 10 and 20 are in the sample too.
    const taken = [1, 2, 3, 10, 11, 20, 21, 25];
    expect(list.visited).toEqual(taken);
    expect(list.leftOut).toEqual({ 'sampled-out': without(4, 25, taken) });
  });

  it.each(['next', 'cursor'] as const)(
    'that names no more than the next page is walked for a while (by %s)',
    async (bar) => {
      const list = await crawlList({ pages: 30, bar });
      // The fifth page is the last that is taken as of a small list; ten times another page is taken for the last one.
      expect(list.visited).toEqual(range(1, 16));
      expect(list.leftOut).toEqual({ 'sampled-out': [17] });
    },
  );

  it('that names no more than the next page is taken to its end where that is near', async () => {
    const list = await crawlList({ pages: 9, bar: 'next' });
    expect(list.visited).toEqual(range(1, 9));
    expect(list.leftOut).toEqual({});
  });

  it.each([
    ['next', 'sample'],
    ['next', 'all'],
    ['cursor', 'sample'],
    ['cursor', 'all'],
  ] as const)(
    'that goes on without end is given up (by %s, paginatedLists: %s)',
    async (bar, paginatedLists) => {
      const list = await crawlList({ pages: 100_000, bar, endless: true }, { paginatedLists });
      expect(list.visited).toEqual([1, 2, 3]);
      expect(list.leftOut).toEqual({ repeats: [4] });
    },
  );

  it('is visited whole if requested', async () => {
    const list = await crawlList({ pages: 30, bar: 'window' }, { paginatedLists: 'all' });
    expect(list.visited).toEqual(range(1, 30));
    expect(list.leftOut).toEqual({});
  });
});
