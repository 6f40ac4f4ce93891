import { describe, expect, it } from 'vitest';
import type { CrawlOptions } from '../../src/model/crawl-options.ts';
import { crawl, crawlOptions, openTestService } from '../support/crawled.ts';
import { type Site, startSite } from '../support/fixture-site.ts';

const MINUTE = 60_000;

function page(title: string, ...links: readonly string[]): string {
  const anchors = links.map((href) => `<a href="${href.replaceAll('&', '&amp;')}">${href}</a>`);
  return `<title>${title}</title><p>${title}</p>${anchors.join(' ')}`;
}

function robots(...lines: readonly string[]) {
  return { headers: { 'content-type': 'text/plain' }, body: lines.join('\n') };
}

function redirectTo(location: string) {
  return { status: 302, headers: { location } };
}

/** Paths that were requested, but for robots.txt and what browsers ask for by themselves. */
function requested(site: Site): readonly string[] {
  return site.log.map(({ path }) => path).filter((path) => path !== '/robots.txt' && path !== '/favicon.ico');
}

describe.each(['http', 'browser'] as const)('robots.txt, render %s', { timeout: 2 * MINUTE }, (render) => {
  async function crawlOf(site: Site, options: Partial<CrawlOptions> = {}, start = '/') {
    await using test = await openTestService({ MAX_RETRIES: '0' });
    return await crawl(test, crawlOptions(site.url(start), { render, sitemap: false, ...options }));
  }

  it('P19: rules are applied to a link as it is written, which is what is requested', async () => {
    await using site = await startSite({
      '/': page('start', '/search?q=x&page=2', '/list?q=x&page=2'),
      '/search': page('found'),
      '/list': page('list'),
      '/robots.txt': robots('User-agent: *', 'Disallow: /search?q=', 'Disallow: /list?page='),
    });
    const { ledger, pages } = await crawlOf(site);
    expect(requested(site)).toEqual(['/', '/list?q=x&page=2']);
    expect(ledger.get(site.url('/search?page=2&q=x'))).toMatchObject({ state: 'skipped', reason: 'robots' });
    expect(pages.map(({ url }) => url)).toContain(site.url('/list?page=2&q=x'));
  });

  it('P19: of several spellings of one URL, one that is allowed is requested', async () => {
    await using site = await startSite({
      '/': page('start', '/search?q=x&page=2', '/late?q=x&page=2', '/next'),
      '/next': page('next', '/search?page=2&q=x', '/third'),
      '/third': page('third', '/late?page=2&q=x'),
      '/search': page('found'),
      '/late': page('late'),
      '/robots.txt': robots('User-agent: *', 'Disallow: /search?q=', 'Disallow: /late?q='),
    });
    const { ledger } = await crawlOf(site, { hostConcurrency: 1 });
    expect(requested(site).toSorted()).toEqual([
      '/',
      '/late?page=2&q=x',
      '/next',
      '/search?page=2&q=x',
      '/third',
    ]);
    expect(ledger.get(site.url('/search?page=2&q=x'))).toMatchObject({ state: 'done', attempts: 1 });
    expect(ledger.get(site.url('/late?page=2&q=x'))).toMatchObject({ state: 'done', attempts: 1 });
  });

  it('P19: every rule within 500 KiB counts, also after the 10,000th', async () => {
    const rules = Array.from({ length: 12_000 }, (_, n) => `Disallow: /filler/${n}`);
    await using site = await startSite({
      '/': page('start', '/open', '/closed'),
      '/open': page('open'),
      '/closed': page('closed'),
      '/robots.txt': robots('User-agent: *', ...rules, 'Disallow: /closed'),
    });
    const { ledger } = await crawlOf(site);
    expect(requested(site)).toEqual(['/', '/open']);
    expect(ledger.get(site.url('/closed'))).toMatchObject({ state: 'skipped', reason: 'robots' });
  });

  it('P19: a line that names several user agents is for each of them', async () => {
    await using site = await startSite({
      '/': page('start', '/open', '/closed'),
      '/open': page('open'),
      '/closed': page('closed'),
      '/robots.txt': robots('User-agent: otherbot, Waymark', 'Disallow: /closed'),
    });
    await crawlOf(site);
    expect(requested(site)).toEqual(['/', '/open']);
  });

  it('P19: rules are applied again at each redirect, before its target is requested', async () => {
    await using site = await startSite({
      '/': page('start', '/in', '/hops', '/out'),
      '/in': redirectTo('/search?q=x&page=2'),
      '/hops': redirectTo('/private/step'),
      '/private/step': redirectTo('/open'),
      '/out': redirectTo('/open?z=1&a=2'),
      '/open': page('open'),
      '/search': page('found'),
      '/robots.txt': robots('User-agent: *', 'Disallow: /search?q=', 'Disallow: /private/'),
    });
    const { ledger, pages } = await crawlOf(site);
    expect(requested(site).toSorted()).toEqual(['/', '/hops', '/in', '/open?z=1&a=2', '/out']);
    const forbidden = { state: 'skipped', reason: 'robots' };
    expect(ledger.get(site.url('/in'))).toMatchObject({
      ...forbidden,
      target: site.url('/search?q=x&page=2'),
    });
    expect(ledger.get(site.url('/hops'))).toMatchObject({ ...forbidden, target: site.url('/private/step') });
    expect(ledger.get(site.url('/out'))).toMatchObject({ state: 'skipped', reason: 'redirect' });
    expect(pages.map(({ url }) => url).toSorted()).toEqual([site.url('/'), site.url('/open?a=2&z=1')]);
  });

  it('P19: the seed and the URLs of sitemaps are requested as written', async () => {
    await using site: Site = await startSite((request, response) => {
      const path = request.url ?? '/';
      if (path === '/robots.txt') response.end('User-agent: *\nDisallow: /m?b=');
      else if (path !== '/sitemap.xml') {
        response.setHeader('content-type', 'text/html');
        response.end(page(path));
      } else {
        const entries = ['/m?b=1&a=2', '/n?b=1&a=2'].map((entry) => `${site.origin}${entry}`);
        const urls = entries.map((url) => `<url><loc>${url.replaceAll('&', '&amp;')}</loc></url>`);
        response.setHeader('content-type', 'application/xml');
        response.end(`<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${urls.join('')}</urlset>`);
      }
    });
    await crawlOf(site, { sitemap: true }, '/start?z=1&a=2&');
    const visits = requested(site).filter((path) => path !== '/sitemap.xml');
    expect(visits.toSorted()).toEqual(['/n?b=1&a=2', '/start?z=1&a=2&']);
  });
});

it('P19: a script cannot lead the browser where robots.txt forbids', { timeout: 2 * MINUTE }, async () => {
  await using site = await startSite({
    '/': page('start', '/moves', '/stays'),
    '/moves': `${page('moves')}<script>location.replace('/search?q=x&page=2')</script>`,
    '/stays': page('stays'),
    '/search': page('found'),
    '/robots.txt': robots('User-agent: *', 'Disallow: /search?q='),
  });
  await using test = await openTestService({ MAX_RETRIES: '0' });
  const options = crawlOptions(site.url('/'), { render: 'browser', sitemap: false });
  const { ledger } = await crawl(test, options);
  expect(requested(site).toSorted()).toEqual(['/', '/moves', '/stays']);
  expect(ledger.get(site.url('/moves'))).toMatchObject({
    state: 'skipped',
    reason: 'robots',
    target: site.url('/search?q=x&page=2'),
  });
  expect(ledger.get(site.url('/stays'))).toMatchObject({ state: 'done' });
});
