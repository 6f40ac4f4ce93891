import { describe, expect, it } from 'vitest';
import { crawl, crawlOptions, openTestService, type TestService } from '../support/crawled.ts';
import { type Pages, type Site, startSite } from '../support/fixture-site.ts';
import { slowHtml } from '../support/slow-page.ts';

const MINUTE = 60_000;
const PAGES = 20;
const SLOW_PAGES = 6;
const ROUNDS = 3;
/** Some seconds of work for a parser thread on each page. */
const END_TAGS = 150_000;

function siteOf(count: number, html: (n: number) => string): Promise<Site> {
  const pages: Pages = Object.fromEntries(
    Array.from({ length: count }, (_, n) => [`/page/${n}`, html(n)] as const),
  );
  const links = Object.keys(pages).map((path) => `<a href="${path}">To ${path}</a>`);
  return startSite({ ...pages, '/': `<title>Start</title><p>Start</p>${links.join(' ')}` });
}

/** Milliseconds of the fastest of some crawls of the whole site: the first ones may start threads. */
async function wallTime(test: TestService, site: Site): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) times.push(await crawlTime(test, site));
  return Math.min(...times);
}

async function crawlTime(test: TestService, site: Site): Promise<number> {
  const startedAt = performance.now();
  const { task } = await crawl(test, crawlOptions(site.url('/'), { sitemap: false }));
  const ms = performance.now() - startedAt;
  expect(task).toMatchObject({ status: 'completed', counts: { done: PAGES + 1 } });
  return ms;
}

describe('a crawl beside two crawls of sites whose pages are slow to parse', () => {
  it('takes at most twice its time alone and a second', { timeout: 3 * MINUTE }, async () => {
    await using innocent = await siteOf(PAGES, (n) => `<title>Page ${n}</title><p>Text of page ${n}</p>`);
    await using hostile = await siteOf(SLOW_PAGES, (n) => slowHtml(END_TAGS + n));
    await using test = await openTestService({
      PARSE_THREADS: '1',
      MAX_RETRIES: '0',
      PARSE_TIMEOUT_SECONDS: '5',
    });
    const { service } = test;
    const alone = await wallTime(test, innocent);

    for (const path of ['/?a', '/?b']) {
      const options = crawlOptions(hostile.url(path), { sitemap: false });
      await service.tasks.submit({ kind: 'crawl', queue: 'crawling', options });
    }
    service.work({ queues: ['crawling'], concurrency: 2 });
    await hostile.requested(({ path }) => path.startsWith('/page/'));

    expect(await wallTime(test, innocent)).toBeLessThan(2 * alone + 1000);
  });
});
