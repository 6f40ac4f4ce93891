import { describe, expect, it } from 'vitest';
import { crawl, crawlOptions, openTestService } from '../support/crawled.ts';
import { startSite } from '../support/fixture-site.ts';

const MINUTE = 60_000;

describe.each(['http', 'browser'] as const)('P23: in %s mode', (render) => {
  it('a private address that is not allowed is never connected to, however a page leads there', {
    timeout: 2 * MINUTE,
  }, async () => {
    await using secret = await startSite({ '/': '<title>secret</title><p>secret</p>' });
    const target = secret.url('/x');
    const spelled = [
      `http://127.1:${secret.port}/`,
      `http://2130706433:${secret.port}/`,
      `http://[::ffff:7f00:1]:${secret.port}/`,
    ];
    await using site = await startSite({
      '/': `<title>bait</title><p>bait</p><a href="/to-secret">go</a> ${spelled.map((url) => `<a href="${url}">x</a>`).join('')}
        <img src="${target}"><iframe src="${target}"></iframe><link rel="stylesheet" href="${target}"><script src="${target}"></script>
        <script>fetch('${target}', {mode: 'no-cors'}); navigator.sendBeacon('${target}'); new WebSocket('${target.replace('http', 'ws')}')</script>`,
      '/to-secret': { status: 302, headers: { location: target } },
    });
    await using test = await openTestService({
      ALLOWED_PRIVATE_HOSTS: `127.0.0.1:${site.port}`,
      RETRY_DELAY_SECONDS: '0',
    });
    const { pages, ledger } = await crawl(
      test,
      crawlOptions(site.url('/'), { render, sitemap: false, media: true }),
    );
    expect(pages.map(({ title }) => title)).toEqual(['bait']);
    expect(ledger.get(site.url('/to-secret'))).toMatchObject({
      state: 'skipped',
      reason: 'redirect-out-of-scope',
      target,
    });
    expect(secret.log).toEqual([]);
    expect(secret.openConnections).toBe(0);
  });

  it('an allowed host of another task is never connected to', { timeout: 2 * MINUTE }, async () => {
    await using other = await startSite({ '/': '<title>other</title><p>other</p>' });
    const target = other.url('/x');
    await using site = await startSite({
      '/': `<title>bait</title><p>bait</p><img src="${target}"><iframe src="${target}"></iframe>
        <script src="${target}"></script><form action="${target}" method="post"></form><a href="/to-other">go</a>
        <script>fetch('${target}', {mode: 'no-cors'}); navigator.sendBeacon('${target}'); new WebSocket('${target.replace('http', 'ws')}');
        document.forms[0].target = 'frame'; document.forms[0].submit()</script><iframe name="frame"></iframe>`,
      '/to-other': { status: 302, headers: { location: target } },
      '/robots.txt': { status: 302, headers: { location: target } },
      '/sitemap.xml': { status: 302, headers: { location: target } },
    });
    const both = `127.0.0.1:${site.port},127.0.0.1:${other.port}`;
    await using test = await openTestService({ ALLOWED_PRIVATE_HOSTS: both, RETRY_DELAY_SECONDS: '0' });
    await crawl(test, crawlOptions(site.url('/'), { render, robots: false, media: true }));
    expect(other.log).toEqual([]);
    expect(other.openConnections).toBe(0);
    const { pages } = await crawl(test, crawlOptions(other.url('/'), { render, sitemap: false }));
    expect(pages.map(({ title }) => title)).toEqual(['other']);
  });

  it('a seed with a private address fails with address-refused', { timeout: MINUTE }, async () => {
    await using secret = await startSite({ '/': '<title>secret</title><p>secret</p>' });
    await using test = await openTestService({ ALLOWED_PRIVATE_HOSTS: '' });
    const { task, ledger } = await crawl(
      test,
      crawlOptions(secret.url('/'), { render, robots: false, sitemap: false }),
    );
    expect(ledger.get(secret.url('/'))).toMatchObject({
      state: 'failed',
      reason: 'address-refused',
      attempts: 1,
    });
    expect(task).toMatchObject({ status: 'failed', error: { code: 'seed-failed' } });
    expect(secret.log).toEqual([]);
  });
});
