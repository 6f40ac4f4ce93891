import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { crawl, crawlOptions, openTestService } from '../support/crawled.ts';
import { startSite } from '../support/fixture-site.ts';
import { generatedSite } from '../support/generated-site.ts';

const MINUTE = 60_000;
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const RICH = `<title>Rich</title><style>@font-face{font-family:f;src:url(/f.woff2)} body{font-family:f;background:url(/bg.png)}</style>
<p>text</p><img src="/i.png" alt="i"><picture><source srcset="/s.png"><img src="/p.png" alt="p"></picture>
<video src="/v.mp4" autoplay muted></video><audio src="/a.mp3" autoplay></audio>`;

function richSite() {
  const picture = { headers: { 'content-type': 'image/png' }, body: PNG };
  return startSite({
    '/': RICH,
    '/bg.png': picture,
    '/i.png': picture,
    '/s.png': picture,
    '/p.png': picture,
  });
}

describe('pages in a real browser', { timeout: 3 * MINUTE }, () => {
  it('load no pictures, fonts, film or sound', async () => {
    await using site = await richSite();
    await using test = await openTestService();
    const { pages } = await crawl(test, crawlOptions(site.url('/'), { render: 'browser', sitemap: false }));
    expect(pages).toHaveLength(1);
    const asked = site.log.map(({ path }) => path).filter((path) => /\.(png|woff2|mp4|mp3)$/.test(path));
    expect(asked).toEqual([]);
  });

  it('load them if a task requests media', async () => {
    await using site = await richSite();
    await using test = await openTestService();
    await crawl(test, crawlOptions(site.url('/'), { render: 'browser', sitemap: false, media: true }));
    const asked = site.log.map(({ path }) => path);
    expect(asked).toEqual(expect.arrayContaining(['/i.png', '/bg.png', '/f.woff2']));
  });

  it('P21: with an open socket and a poll every 200 ms are captured within the load and quiet budget', async () => {
    await using site = await startSite({
      '/': `<title>Busy</title><p>here</p><script>setInterval(() => fetch('/poll'), 200); new WebSocket('ws://' + location.host + '/ws');
        setTimeout(() => document.body.append(Object.assign(document.createElement('h2'), {textContent: 'Late'})), 50)</script>`,
      '/poll': 'ok',
    });
    await using test = await openTestService();
    const { pages, task } = await crawl(
      test,
      crawlOptions(site.url('/'), { render: 'browser', sitemap: false }),
    );
    const page = await test.service.graph.page(site.url('/'));
    expect(pages).toHaveLength(1);
    expect(page?.sectionRows.map(({ heading }) => heading)).toContain('Late');
    expect(task.result?.executionTime).toBeLessThan(12);
  });

  it('that go elsewhere after their visit cost the next page of their tab a retry, not its place on the map', async () => {
    await using site = await startSite({
      '/': '<title>Start</title><a href="/restless">one</a> <a href="/slow">two</a>',
      '/restless': `<title>Restless</title><p>here</p><script>setTimeout(() => { location.href = '/elsewhere'; }, 400)</script>`,
      '/slow': { delayMs: 1000, body: '<title>Slow</title><p>there</p>' },
      '/elsewhere': '<title>Elsewhere</title><p>nowhere</p>',
    });
    await using test = await openTestService({ RETRY_DELAY_SECONDS: '0' });
    const { ledger } = await crawl(
      test,
      crawlOptions(site.url('/'), { render: 'browser', sitemap: false, hostConcurrency: 1 }),
    );
    expect(ledger.get(site.url('/slow'))).toMatchObject({ state: 'done', attempts: 2 });
    // The tab may be closed while robots.txt is checked for the script's navigation.
    expect(site.visits('/elsewhere').length).toBeLessThanOrEqual(1);
  });

  it('P13: a browser that is killed costs a retry of the pages that were open in it, and nothing else', async () => {
    const PAGES = 40;
    await using site = await startSite(generatedSite(PAGES));
    await using test = await openTestService({ RETRY_DELAY_SECONDS: '0' });
    const running = crawl(test, crawlOptions(site.url('/'), { render: 'browser', sitemap: false }));
    await site.requested(() => site.log.length > PAGES / 3, MINUTE);
    killBrowsers();
    const { task, pages, ledger } = await running;
    expect([...ledger.values()].filter(({ state }) => state !== 'done')).toEqual([]);
    expect(pages).toHaveLength(PAGES);
    expect(task.counts).toMatchObject({ done: PAGES, failed: 0 });
    const tries = [...ledger.values()].map(({ attempts }) => attempts);
    expect(Math.max(...tries)).toBeLessThanOrEqual(3);
    expect(tries.filter((attempts) => attempts > 1).length).toBeLessThanOrEqual(8);
  });

  it.each([
    ['after so many pages', { BROWSER_MAX_PAGES: '10' }],
    ['when theirs takes too much memory', { BROWSER_MAX_MEMORY_MB: '200' }],
  ])('come from a fresh browser %s; no page is lost and no browser is left', async (_, settings) => {
    const PAGES = 41;
    await using site = await startSite(heavySite(PAGES));
    await using test = await openTestService(settings);
    const before = new Set(browserPids());
    const seen = new Set<number>();
    const running = crawl(test, crawlOptions(site.url('/'), { render: 'browser', sitemap: false }));
    await site.requested(() => {
      for (const pid of browserPids()) seen.add(pid);
      return site.log.length >= PAGES;
    }, MINUTE);
    expect((await running).task.counts).toMatchObject({ done: PAGES, failed: 0 });
    expect([...seen].filter((pid) => !before.has(pid)).length).toBeGreaterThanOrEqual(2);
    expect(browserPids().filter((pid) => !before.has(pid))).toEqual([]);
  });
});

/** A chain of pages that each take 250 MB in the browser, more than the least bound on its memory. */
function heavySite(count: number) {
  const page = (
    n: number,
  ) => `<title>${n}</title><p>page ${n}</p><a href="/${2 * n + 1}">a</a> <a href="/${2 * n + 2}">b</a>
    <script>globalThis.kept = new Uint8Array(250_000_000).fill(1)</script>`;
  return Object.fromEntries(
    Array.from({ length: count }, (_, n) => [n === 0 ? '/' : `/${n}`, leaf(n, count, page(n))]),
  );
}

/** Pages without a page below them link nowhere. */
function leaf(n: number, count: number, page: string): string {
  return 2 * n + 2 < count ? page : page.replaceAll(/<a .*<\/a>/g, '');
}

/** Main processes of the browsers below this process; zombies, whose command line is empty, do not count. */
function browserPids(): readonly number[] {
  const pids = readdirSync('/proc').map(Number).filter(Number.isInteger);
  return pids.filter((pid) => {
    const args = read(`/proc/${pid}/cmdline`);
    return args.includes('--user-data-dir') && !args.includes('--type=') && isBelowThis(pid);
  });
}

function isBelowThis(pid: number): boolean {
  for (let at = pid; at > 1; at = parentOf(at)) if (at === process.pid) return true;
  return false;
}

/** proc(5): the fourth field of stat, after the command in brackets. */
function parentOf(pid: number): number {
  const stat = read(`/proc/${pid}/stat`);
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
}

function read(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}

function killBrowsers(): void {
  for (const pid of browserPids()) process.kill(pid, 'SIGKILL');
}
