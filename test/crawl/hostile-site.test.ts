import { describe, expect, it } from 'vitest';
import { crawl, crawlOptions, openTestService } from '../support/crawled.ts';
import { type Expectation, HOSTILE_CASES, startHostileSite } from '../support/hostile-site.ts';

const MINUTES = 60_000;
const ATTEMPTS = 2;
const LIMITS = {
  PAGE_TIMEOUT_SECONDS: '5',
  MAX_RETRIES: String(ATTEMPTS - 1),
  RETRY_DELAY_SECONDS: '0',
  MAX_PAGE_BYTES: '2000000',
};

describe.each(['http', 'browser'] as const)(
  'a site of everything that hurts, crawled in %s mode',
  (render) => {
    it('ends, with a state and a reason for every URL', { timeout: 4 * MINUTES }, async () => {
      await using site = await startHostileSite();
      await using test = await openTestService(LIMITS);
      const { task, ledger } = await crawl(
        test,
        crawlOptions(site.url('/'), { render, depth: 1, sitemap: false }),
      );

      expect(task.status).toBe('completed');
      const wrong = HOSTILE_CASES.flatMap((hostile) => {
        const url = hostile.path.startsWith('/') ? site.url(hostile.path) : hostile.path;
        const row = ledger.get(url);
        const expected = (render === 'http' ? hostile.httpExpect : hostile.browserExpect) ?? hostile.expect;
        const right = [expected]
          .flat()
          .some((expectation: Expectation) => row !== undefined && matches(row, expectation));
        return right ? [] : [{ path: hostile.path, expected, got: row }];
      });
      expect(wrong).toEqual([]);
      const { found, done, failed, skipped, pending, active } = task.counts;
      expect([pending, active]).toEqual([0, 0]);
      expect(done + failed + skipped).toBe(found);
    });
  },
);

function matches(
  row: { readonly state: string; readonly reason: string | null; readonly attempts: number },
  expected: Expectation,
): boolean {
  if (row.state !== expected.state) return false;
  if (expected.reason !== undefined && row.reason !== expected.reason) return false;
  if (expected.attempts === undefined) return true;
  return row.attempts === (expected.attempts === 'all' ? ATTEMPTS : expected.attempts);
}
