import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { startBrowserProxy } from '../../../pools/browser/browser-proxy.ts';
import { PlaywrightFetcher } from '../../../pools/browser/playwright-fetcher.ts';
import { Tab } from '../../../pools/browser/tab.ts';
import { GuardedLookup } from '../../../pools/net/guarded-lookup.ts';
import { AccessPolicy } from '../../../src/core/net/access-policy.ts';
import { systemClock } from '../../../src/drivers/system/clock.ts';
import type { FetchedPage, FetchFailure } from '../../../src/model/fetched-page.ts';
import type { Claim } from '../../../src/model/frontier-url.ts';
import type { PageSource } from '../../../src/ports/fetcher.ts';
import { serve } from '../net/loopback.ts';
import { testBrowser } from './test-browser.ts';

/** Hands out the URLs in their order, then is finished. */
function sourceOf(urls: readonly string[]): PageSource {
  const left = urls.map((url): Claim => ({ url, host: new URL(url).host, depth: 0, attempt: 1, lease: url }));
  return {
    next: async () => left.shift() ?? null,
    isEmpty: async () => left.length === 0,
    isFinished: async () => left.length === 0,
    mayRequest: async () => true,
  };
}

async function openFetcher(port: number): Promise<PlaywrightFetcher> {
  const lookup = new GuardedLookup({ policy: new AccessPolicy([`127.0.0.1:${port}`]) });
  const proxy = await startBrowserProxy({ lookup });
  onTestFinished(() => proxy.close());
  return new PlaywrightFetcher({
    browser: await testBrowser(),
    proxy,
    clock: systemClock,
    concurrency: 1,
    maxBytes: 1_000_000,
    timeoutMs: 20_000,
    media: false,
    mayFollow: () => true,
    pagesPerBrowser: 100,
    maxMemoryBytes: Number.MAX_SAFE_INTEGER,
  });
}

describe('PlaywrightFetcher', { timeout: 120_000 }, () => {
  it('loses one visit to a browser that dies before the tab is ready, and visits the other pages', async () => {
    const site = await serve((_, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<title>Page</title><p>text</p>');
    });
    const fetcher = await openFetcher(site.port);
    const prepare = Tab.prepare;
    vi.spyOn(Tab, 'prepare').mockImplementationOnce(async (page, options) => {
      await page.context().browser()?.close();
      return prepare(page, options);
    });
    onTestFinished(() => void vi.restoreAllMocks());
    const [fetched, failed]: [FetchedPage[], FetchFailure[]] = [[], []];
    await fetcher.run(sourceOf([`${site.origin}/lost`, `${site.origin}/next`]), {
      fetched: async (page) => void fetched.push(page),
      failed: async (failure) => void failed.push(failure),
    });
    expect(failed).toMatchObject([
      { claim: { url: `${site.origin}/lost` }, reason: 'crash', retryable: true },
    ]);
    expect(fetched.map(({ finalUrl }) => finalUrl)).toEqual([`${site.origin}/next`]);
  });
});
