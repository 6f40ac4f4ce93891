import { describe, expect, it } from 'vitest';
import { listen } from '../../src/app/listen.ts';
import { createDemoSite } from '../../src/demo/demo-site.ts';
import {
  EXPECTED_DETOURS,
  EXPECTED_FAILURES,
  EXPECTED_PAGES,
  EXPECTED_SKIPS,
} from '../../src/demo/expected.ts';
import { crawl, crawlOptions, openTestService } from '../support/crawled.ts';

const MINUTES = 60_000;

/** Pages of the notice board that are not among the four sampled of twelve. */
const LEFT_OUT = [4, 5, 6, 7, 8, 9, 10, 11].map((page) => `/notices?page=${page}`);

describe.each([
  { render: 'http', paginatedLists: 'all' },
  { render: 'http', paginatedLists: 'sample' },
  { render: 'browser', paginatedLists: 'sample' },
] as const)(
  'the demo site, crawled in $render mode (paginatedLists: $paginatedLists)',
  ({ render, paginatedLists }) => {
    it('is mapped as written down by hand: every page once, every other URL with its reason', {
      timeout: 3 * MINUTES,
    }, async () => {
      const demo = await listen(createDemoSite().fetch, '127.0.0.1', 0);
      await using test = await openTestService();
      const { task, pages, ledger } = await crawl(
        test,
        crawlOptions(`${demo.origin}/`, { render, paginatedLists }),
      );
      await demo.close();

      const leftOut = paginatedLists === 'sample' ? LEFT_OUT : [];
      const expected = EXPECTED_PAGES.filter(({ needs }) => {
        if (needs === 'every-page') return paginatedLists === 'all';
        return render === 'browser' || needs !== 'javascript';
      });
      const found = pages.map(({ url, title, depth }) => ({
        path: url.slice(demo.origin.length),
        title,
        depth,
      }));
      expect(sorted(found)).toEqual(
        sorted(expected.map(({ path, title, depth }) => ({ path, title, depth }))),
      );
      expect(task.result?.pagesCrawled).toBe(expected.length);

      const row = (url: string) => ledger.get(url.startsWith('/') ? demo.origin + url : url);
      const detours = EXPECTED_DETOURS.filter(({ needs }) => needs === undefined || paginatedLists === 'all');
      for (const { path, target, reason } of detours) {
        expect(row(path), path).toMatchObject({ state: 'skipped', reason, target: demo.origin + target });
      }
      for (const { url, reason } of EXPECTED_FAILURES)
        expect(row(url), url).toMatchObject({ state: 'failed', reason });
      for (const { url, reason } of EXPECTED_SKIPS)
        expect(row(url), url).toMatchObject({ state: 'skipped', reason });
      for (const path of leftOut)
        expect(row(path), path).toMatchObject({ state: 'skipped', reason: 'sampled-out' });
      const settled =
        expected.length + leftOut.length + detours.length + EXPECTED_FAILURES.length + EXPECTED_SKIPS.length;
      expect([...ledger.keys()].length).toBe(settled);
    });
  },
);

function sorted<T extends { readonly path: string }>(rows: readonly T[]): readonly T[] {
  return rows.toSorted((a, b) => a.path.localeCompare(b.path));
}
