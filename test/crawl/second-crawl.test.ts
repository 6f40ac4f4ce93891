import { describe, expect, it } from 'vitest';
import { MappedSite } from '../map/mapped-site.ts';
import { crawl, crawlOptions, openTestService } from '../support/crawled.ts';
import { reply, startSite } from '../support/fixture-site.ts';

const MINUTE = 60_000;

type Pages = Readonly<Record<string, string>>;

const BEFORE: Pages = {
  '/': '<title>Front</title><main><h1>Front</h1><a href="/hall">Hall</a> <a href="/fair">Fair</a></main>',
  '/hall': '<title>Hall</title><main><h1>Hall</h1><p>A hall.</p><a href="/attic">Attic</a></main>',
  '/attic': '<title>Attic</title><main><h1>Attic</h1><p>Dust.</p></main>',
  '/fair': '<title>Fair</title><main><h1>Fair</h1><p>In May.</p></main>',
};

describe('a site that is crawled again', { timeout: MINUTE }, () => {
  it('is updated: removed pages are marked, and no route leads over them', async () => {
    let pages: Pages = BEFORE;
    await using site = await startSite(async (request, response) => {
      const body = pages[request.url ?? '/'];
      return reply(response, body === undefined ? { status: 404, body: 'gone' } : { body });
    });
    await using test = await openTestService();
    const { graph } = test.service;
    const options = crawlOptions(site.url('/'));
    const map = new MappedSite(graph, site.origin);
    const first = await crawl(test, options);
    expect(first.task.result).toMatchObject({ pagesCrawled: 4, pagesRemoved: 0 });
    expect((await map.navigate('/', 'attic')).steps.map(({ text }) => text)).toEqual(['Hall', 'Attic']);

    pages = {
      '/': BEFORE['/'] ?? '',
      '/hall': '<title>Hall</title><main><h1>Hall</h1><p>A hall with a new floor.</p></main>',
      '/attic': BEFORE['/attic'] ?? '',
    };
    const second = await crawl(test, options);
    expect(second.task.result).toMatchObject({ pagesCrawled: 2, pagesFailed: 1, pagesRemoved: 2 });
    expect((await map.navigate('/', 'attic')).status).toBe('not-found');
    // The front page still says it, but its target was removed.
    expect(map.goal(await map.navigate('/', 'fair'))).toBe('/');
    expect((await graph.page(site.url('/attic')))?.removedSince).not.toBeNull();
    const { pages: changes } = await graph.changes(first.task.id, second.task.id, { cursor: null, limit: 9 });
    expect(changes.map(({ url, after }) => [new URL(url).pathname, after === null]).sort()).toEqual([
      ['/attic', true],
      ['/fair', true],
      ['/hall', false],
    ]);

    pages = BEFORE;
    const third = await crawl(test, options);
    expect(third.task.result).toMatchObject({ pagesCrawled: 4, pagesRemoved: 0 });
    expect((await map.navigate('/', 'attic')).steps.map(({ text }) => text)).toEqual(['Hall', 'Attic']);
    expect((await graph.changes(first.task.id, third.task.id, { cursor: null, limit: 9 })).pages).toEqual([]);
  });

  it('marks nothing as removed after a crawl that did not see all', async () => {
    await using site = await startSite(BEFORE);
    await using test = await openTestService();
    await crawl(test, crawlOptions(site.url('/')));
    const short = await crawl(test, crawlOptions(site.url('/'), { maxPages: 1 }));
    expect(short.task.result).toMatchObject({ pagesCrawled: 1, pagesRemoved: 0 });
    const shallow = await crawl(test, crawlOptions(site.url('/'), { depth: 1 }));
    expect(shallow.task.result).toMatchObject({ pagesCrawled: 3, pagesRemoved: 0 });
    const part = await crawl(test, crawlOptions(site.url('/'), { exclude: [`${site.url('/')}hall*`] }));
    expect(part.task.result).toMatchObject({ pagesCrawled: 2, pagesRemoved: 0 });
  });
});
