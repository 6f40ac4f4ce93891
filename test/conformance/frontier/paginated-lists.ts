import { describe, expect, it } from 'vitest';
import type { ListTrack } from '../../../src/model/paginated-list.ts';
import type { OpenFrontiers } from './harness.ts';
import { claimAll, claimPath, done, found, lineOf, openCrawl, statesOf, urlOf } from './moves.ts';

/** The paginated lists of a crawl, and the pages that are left out of them. */
export function paginatedListsSuite(open: OpenFrontiers): void {
  describe('paginated lists', () => {
    it('are kept by their pattern, each revision after the one before', async () => {
      await using harness = await open();
      const crawl = await openCrawl(harness.store);
      const [news, threads] = [boardOf('/news?page={page}'), boardOf('/threads/{page}')];
      expect(await crawl.listTracks([news.pattern.url])).toEqual([]);
      expect(await crawl.saveListTrack(news)).toBe(true);
      expect(await crawl.saveListTrack(threads)).toBe(true);
      const later = { ...news, revision: 2, last: 12, lists: [{ page: 1, hash: 'a' }] };
      expect(await crawl.saveListTrack(later)).toBe(true);
      const patterns = [threads.pattern.url, urlOf('/none/{page}'), news.pattern.url];
      expect(await crawl.listTracks(patterns)).toEqual([threads, later]);
      expect(await crawl.listTracks([])).toEqual([]);
    });

    it('are not changed by one who does not know the last revision', async () => {
      await using harness = await open();
      const crawl = await openCrawl(harness.store);
      const board = boardOf('/news?page={page}');
      expect(await crawl.saveListTrack({ ...board, revision: 2 })).toBe(false);
      expect(await crawl.saveListTrack(board)).toBe(true);
      expect(await crawl.saveListTrack({ ...board, last: 9 })).toBe(false);
      expect(await crawl.saveListTrack({ ...board, revision: 3, last: 9 })).toBe(false);
      expect(await crawl.listTracks([board.pattern.url])).toEqual([board]);
    });

    it('are kept for the next process, each crawl for itself, and go with their crawl', async () => {
      await using harness = await open();
      const board = boardOf('/news?page={page}');
      await (await openCrawl(harness.store)).saveListTrack(board);
      await harness.reopen();
      const crawl = await openCrawl(harness.store);
      expect(await crawl.listTracks([board.pattern.url])).toEqual([board]);
      const other = await openCrawl(harness.store, {}, 'other');
      expect(await other.listTracks([board.pattern.url])).toEqual([]);
      await harness.store.drop('crawl');
      expect(await (await openCrawl(harness.store)).listTracks([board.pattern.url])).toEqual([]);
    });
  });

  describe('a page of a paginated list that was left out', () => {
    it('is visited when the sample of its list includes it after all, and not for a link', async () => {
      await using harness = await open();
      const crawl = await openCrawl(harness.store);
      await crawl.add([found('/'), found('/p10', 3, { by: 'board', skip: 'sampled-out' })]);
      await crawl.add([found('/p10', 1)]);
      const root = await claimPath(crawl, '/');
      expect(await claimAll(crawl)).toEqual([]);
      await crawl.complete([done(root, [found('/p10', 1, { by: 'board' })])]);
      expect(await statesOf(crawl)).toEqual({ '/': 'done', '/p10': 'pending' });
      const page = await claimPath(crawl, '/p10');
      await crawl.complete([done(page)]);
      expect(await crawl.reasons()).toEqual({});
      expect(await lineOf(crawl, '/p10')).toMatchObject({ state: 'done', by: 'board', reason: null });
    });

    it('stays out for another reason, and beyond the limit of depth', async () => {
      await using harness = await open();
      const crawl = await openCrawl(harness.store, { maxDepth: 2 });
      await crawl.add([
        found('/far', 1, { by: 'board', skip: 'sampled-out' }),
        found('/kept-out', 1, { skip: 'excluded' }),
      ]);
      await crawl.add([found('/far', 3, { by: 'board' }), found('/kept-out', 1, { by: 'board' })]);
      expect(await statesOf(crawl)).toEqual({
        '/far': 'skipped sampled-out',
        '/kept-out': 'skipped excluded',
      });
      expect(await claimAll(crawl)).toEqual([]);
    });

    it('that is not visited yet or is done stays as it is', async () => {
      await using harness = await open();
      const crawl = await openCrawl(harness.store);
      await crawl.add([found('/done'), found('/waits')]);
      await crawl.complete([done(await claimPath(crawl, '/done'))]);
      const leftOut = { by: 'board', skip: 'sampled-out' } as const;
      await crawl.add([found('/done', 0, leftOut), found('/waits', 0, leftOut)]);
      expect(await statesOf(crawl)).toEqual({ '/done': 'done', '/waits': 'pending' });
    });
  });
}

function boardOf(path: string): ListTrack {
  return {
    pattern: { url: `http://site.test${path}`, first: 1, step: 1 },
    revision: 1,
    last: 2,
    named: 2,
    checked: false,
    moved: 0,
    lists: [],
    repeatsFrom: null,
  };
}
