import { describe, expect, it } from 'vitest';
import { crawl, crawlOptions, openTestService } from '../support/crawled.ts';
import { type Site, startSite } from '../support/fixture-site.ts';

const MINUTE = 60_000;
const ROBOTS = { 'content-type': 'text/plain' };
const LINKS = [1, 2, 3, 4, 5].map((n) => `<a href="/${n}">${n}</a>`).join(' ');

describe('politeness', { timeout: MINUTE }, () => {
  it('P19: a robots.txt that responds 500 means that nothing is fetched, with the reason', async () => {
    await using site = await startSite({ '/': '<title>x</title><p>x</p>', '/robots.txt': { status: 500 } });
    await using test = await openTestService({ MAX_RETRIES: '1', RETRY_DELAY_SECONDS: '0' });
    const { task, ledger } = await crawl(test, crawlOptions(site.url('/')));
    expect(pages(site)).toEqual([]);
    expect(ledger.get(site.url('/'))).toMatchObject({
      state: 'failed',
      reason: 'robots-unreachable',
      attempts: 2,
    });
    expect(task).toMatchObject({ status: 'failed', error: { code: 'seed-failed' } });
  });

  it('P19: a robots.txt that responds 404 allows everything', async () => {
    await using site = await startSite({ '/': '<title>x</title><p>x</p>' });
    await using test = await openTestService();
    expect((await crawl(test, crawlOptions(site.url('/')))).pages).toHaveLength(1);
  });

  it('P19: robots.txt is checked again for the target of a redirect', async () => {
    await using site = await startSite({
      '/': '<title>x</title><p>x</p><a href="/in">in</a>',
      '/in': { status: 302, headers: { location: '/private/page' } },
      '/private/page': '<title>secret</title><p>s</p>',
      '/robots.txt': { headers: ROBOTS, body: 'User-agent: *\nDisallow: /private/' },
    });
    await using test = await openTestService();
    const { pages: stored, ledger } = await crawl(test, crawlOptions(site.url('/')));
    expect(stored.map(({ title }) => title)).toEqual(['x']);
    expect(ledger.get(site.url('/in'))).toMatchObject({
      state: 'skipped',
      reason: 'robots',
      target: site.url('/private/page'),
    });
  });

  it('P20: the Crawl-delay of a site is kept between the starts of visits', async () => {
    await using site = await startSite({
      '/robots.txt': { headers: ROBOTS, body: 'User-agent: *\nCrawl-delay: 0.4' },
      ...fivePages(),
    });
    await using test = await openTestService();
    await crawl(test, crawlOptions(site.url('/'), { sitemap: false }));
    expect(gaps(site)).toHaveLength(5);
    for (const gap of gaps(site)) expect(gap).toBeGreaterThanOrEqual(400 - CLOCK_GRAIN_MS);
  });

  it('a delay and a limit per host that the task requests are kept', async () => {
    await using site = await startSite(fivePages(100));
    await using test = await openTestService();
    await crawl(test, crawlOptions(site.url('/'), { sitemap: false, hostDelayMs: 150, hostConcurrency: 1 }));
    for (const gap of gaps(site)) expect(gap).toBeGreaterThanOrEqual(150 - CLOCK_GRAIN_MS);
    expect(Math.max(...visits(site).map(({ openRequests }) => openRequests))).toBe(1);
  });

  it('a Retry-After holds the whole host', async () => {
    let asked = 0;
    await using site = await startSite({
      ...fivePages(),
      '/1': (_, response) => {
        asked += 1;
        if (asked > 1) response.end('<title>1</title><p>1</p>');
        else response.writeHead(429, { 'retry-after': '1' }).end();
      },
    });
    await using test = await openTestService({ RETRY_DELAY_SECONDS: '0' });
    const { ledger } = await crawl(test, crawlOptions(site.url('/'), { sitemap: false, hostConcurrency: 1 }));
    expect(ledger.get(site.url('/1'))).toMatchObject({ state: 'done', attempts: 2 });
    expect(Math.max(...gaps(site))).toBeGreaterThanOrEqual(1000 - CLOCK_GRAIN_MS);
  });

  it('says who it is', async () => {
    await using site = await startSite(fivePages());
    await using test = await openTestService();
    await crawl(test, crawlOptions(site.url('/'), { render: 'browser', maxPages: 1 }));
    for (const { userAgent } of site.log) expect(userAgent).toMatch(/^Waymark\/\d/);
  });
});

/** Between our clock when a visit is let in and the server's when it arrives. */
const CLOCK_GRAIN_MS = 60;

function fivePages(delayMs = 0) {
  const page = (n: number) => ({
    body: `<title>${n}</title><p>page ${n}</p>${n === 0 ? LINKS : ''}`,
    delayMs,
  });
  return { '/': page(0), ...Object.fromEntries([1, 2, 3, 4, 5].map((n) => [`/${n}`, page(n)])) };
}

function visits(site: Site) {
  return site.log.filter(({ path }) => path === '/' || /^\/\d$/.test(path));
}

function pages(site: Site): readonly string[] {
  return visits(site).map(({ path }) => path);
}

function gaps(site: Site): readonly number[] {
  const times = visits(site).map(({ at }) => at);
  return times.slice(1).map((at, index) => at - (times[index] ?? 0));
}
