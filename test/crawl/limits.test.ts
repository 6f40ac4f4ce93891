import { describe, expect, it } from 'vitest';
import { crawl, crawlOptions, openTestService } from '../support/crawled.ts';
import { startSite } from '../support/fixture-site.ts';
import { generatedSite } from '../support/generated-site.ts';

const MINUTE = 60_000;
const SIZE = 40;

describe('limits of a crawl', { timeout: 2 * MINUTE }, () => {
  it.each([1, 10, 40, 500])(
    'P16: max_pages %i stores exactly as many pages, or the whole site',
    async (maxPages) => {
      await using site = await startSite(generatedSite(SIZE));
      await using test = await openTestService();
      const { task, pages } = await crawl(
        test,
        crawlOptions(site.url('/'), { maxPages, hostConcurrency: 16, sitemap: false }),
      );
      expect(pages).toHaveLength(Math.min(maxPages, SIZE));
      expect(task.result?.pagesCrawled).toBe(Math.min(maxPages, SIZE));
      expect(task.result?.endedEarly).toBe(maxPages < SIZE ? 'limit-pages' : null);
    },
  );

  it('depth counts clicks from the seed, and what lies deeper is in the ledger', async () => {
    await using site = await startSite({
      '/': '<title>0</title><p>a</p><a href="/1">1</a>',
      '/1': '<title>1</title><p>b</p><a href="/2">2</a>',
      '/2': '<title>2</title><p>c</p>',
    });
    await using test = await openTestService();
    const { pages, ledger } = await crawl(test, crawlOptions(site.url('/'), { depth: 1 }));
    expect(pages.map(({ title, depth }) => [title, depth])).toEqual([
      ['0', 0],
      ['1', 1],
    ]);
    expect(ledger.get(site.url('/2'))).toMatchObject({
      state: 'skipped',
      reason: 'too-deep',
      foundOn: site.url('/1'),
    });
  });

  it('include and exclude patterns keep pages out, with the reason', async () => {
    await using site = await startSite({
      '/': '<title>0</title><p>a</p><a href="/docs/a">a</a> <a href="/docs/old/b">b</a> <a href="/blog/c">c</a>',
      '/docs/a': '<title>a</title><p>a</p>',
    });
    await using test = await openTestService();
    const { pages, ledger } = await crawl(
      test,
      crawlOptions(site.url('/'), { include: ['/docs/'], exclude: ['/docs/old/'] }),
    );
    expect(pages.map(({ title }) => title)).toEqual(['0', 'a']);
    expect(ledger.get(site.url('/docs/old/b'))).toMatchObject({ state: 'skipped', reason: 'excluded' });
    expect(ledger.get(site.url('/blog/c'))).toMatchObject({ state: 'skipped', reason: 'excluded' });
  });

  it('P14: the wall clock ends a crawl of a site that never ends, and says so', async () => {
    await using site = await startSite((request, response) => {
      const n = Number(request.url?.slice(1) ?? 0);
      setTimeout(
        () => response.end(`<title>${n}</title><p>day ${n}</p><a href="/${n + 1}">tomorrow</a>`),
        50,
      );
    });
    await using test = await openTestService();
    const startedAt = performance.now();
    const { task } = await crawl(
      test,
      crawlOptions(site.url('/'), { maxSeconds: 2, robots: false, sitemap: false }),
    );
    expect(performance.now() - startedAt).toBeLessThan(7000);
    expect(task).toMatchObject({ status: 'completed', result: { endedEarly: 'limit-time' } });
    expect(task.counts).toMatchObject({ pending: 0, active: 0 });
  });
});
