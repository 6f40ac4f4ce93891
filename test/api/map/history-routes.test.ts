import { describe, expect, it } from 'vitest';
import type { PageWrite } from '../../../src/model/page.ts';
import { pageOf, SITE, urlOf } from '../../conformance/graph/pages.ts';
import { ApiHarness } from '../../support/api-harness.ts';
import { allItems } from '../../support/crawled-site.ts';

const MENU = { heading: 'Menu', type: 'navigation', links: [['/a', 'A']] } as const;
const NEWS = { heading: 'News', text: 'Nothing new.' };

async function crawl(api: ApiHarness, id: string, at: number, pages: readonly PageWrite[]): Promise<void> {
  const { graph } = api.deps;
  await graph.openSite({ url: SITE, crawlId: id, at });
  await graph.save(
    id,
    pages.map((page) => ({ ...page, fetchedAt: at })),
    [],
  );
  await graph.finish(id, at + 1000);
}

/** Crawled twice: one page was added, one removed, one changed in its text, one in its menu. */
async function crawledTwice(): Promise<ApiHarness> {
  const api = await ApiHarness.open();
  await crawl(api, 'one', 1000, [
    pageOf('/', [MENU, NEWS]),
    pageOf('/a', [MENU, NEWS, { heading: 'Lost' }]),
    pageOf('/old', [NEWS]),
    pageOf('/same', [NEWS]),
  ]);
  const menu = { ...MENU, links: [['/new', 'New']] } as const;
  await crawl(api, 'two', 5000, [
    pageOf('/', [menu, NEWS]),
    pageOf('/a', [MENU, { ...NEWS, text: 'All is new.' }]),
    pageOf('/new', [NEWS]),
    pageOf('/same', [NEWS]),
  ]);
  await api.deps.graph.markRemoved('two', [urlOf('/old')], 6000);
  return api;
}

const site = encodeURIComponent(urlOf('/a'));

describe('the difference of two crawls', () => {
  it('is listed page by page', async () => {
    const api = await crawledTwice();
    const diff = await api.json(200, 'GET', '/api/v1/diff?from=one&to=two');
    expect(diff).toMatchObject({
      site: SITE,
      from: {
        task_id: 'one',
        started_at: '1970-01-01T00:00:01.000Z',
        finished_at: '1970-01-01T00:00:02.000Z',
        pages: 4,
      },
      to: { task_id: 'two', pages: 4 },
      next: null,
    });
    const pages = new Map(diff.pages.map((page: { url: string }) => [page.url, page]));
    expect([...pages.keys()].sort()).toEqual([SITE, urlOf('/a'), urlOf('/new'), urlOf('/old')]);
    expect(pages.get(urlOf('/a'))).toMatchObject({
      change: 'changed',
      title: 'Title of /a',
      only_around: false,
      section_changes: 2,
      sections: [
        { change: 'changed', heading: 'News', path: 'main/section[2]' },
        { change: 'removed', heading: 'Lost', path: 'main/section[3]' },
      ],
    });
    expect(pages.get(SITE)).toMatchObject({ change: 'changed', only_around: true, section_changes: 1 });
    expect(pages.get(urlOf('/new'))).toMatchObject({ change: 'added', gone_since: null, sections: [] });
    expect(pages.get(urlOf('/old'))).toMatchObject({
      change: 'removed',
      gone_since: '1970-01-01T00:00:06.000Z',
    });
  });

  it('is that of the last two crawls of a site, page by page', async () => {
    const api = await crawledTwice();
    await api.deps.graph.openSite({ url: SITE, crawlId: 'running', at: 9000 });
    const pages = await allItems(api, `/api/v1/diff?site=${site}&limit=1`, 'pages');
    expect(pages.map(({ change }) => change).sort()).toEqual(['added', 'changed', 'changed', 'removed']);
  });

  it('says what is wrong with the request', async () => {
    const api = await crawledTwice();
    const { graph } = api.deps;
    await graph.openSite({ url: SITE, crawlId: 'running', at: 9000 });
    await graph.openSite({ url: 'http://other.test/', crawlId: 'other', at: 9000 });
    await graph.finish('other', 9001);
    const problems: readonly (readonly [string, number, string])[] = [
      ['from=one&to=nothing', 404, 'crawl-not-found'],
      ['from=one&to=running', 409, 'crawl-unfinished'],
      ['from=one&to=other', 400, 'different-sites'],
      ['from=one', 400, 'bad-request'],
      ['', 400, 'bad-request'],
      [`from=one&site=${site}`, 400, 'bad-request'],
      ['site=nonsense', 400, 'bad-url'],
      ['site=http%3A%2F%2Funknown.test', 404, 'page-not-found'],
      ['from=one&to=two&cursor=x', 400, 'bad-cursor'],
      ['from=one&to=two&limit=0', 400, 'bad-request'],
      [`from=${'x'.repeat(201)}&to=two`, 400, 'bad-request'],
    ];
    for (const [query, status, code] of problems)
      expect(await api.json(status, 'GET', `/api/v1/diff?${query}`), query).toMatchObject({ code });
  });

  it('does not exist for a site that was crawled once', async () => {
    const api = await ApiHarness.open();
    await crawl(api, 'one', 1000, [pageOf('/', [NEWS])]);
    const problem = await api.json(404, 'GET', `/api/v1/diff?site=${encodeURIComponent(SITE)}`);
    expect(problem).toMatchObject({ code: 'crawl-not-found' });
  });
});

describe('the history of a site', () => {
  it('lists its crawls, the newest first', async () => {
    const api = await crawledTwice();
    await api.deps.graph.openSite({ url: SITE, crawlId: 'running', at: 9000 });
    const crawls = await allItems(api, `/api/v1/history?site=${site}&limit=2`, 'crawls');
    expect(crawls.map(({ task_id, finished_at }) => [task_id, finished_at])).toEqual([
      ['running', null],
      ['two', '1970-01-01T00:00:06.000Z'],
      ['one', '1970-01-01T00:00:02.000Z'],
    ]);
  });
});

describe('the outline of a site', () => {
  it('shows what was removed on request', async () => {
    const api = await crawledTwice();
    const there = await allItems(api, `/api/v1/structure?url=${site}&limit=3`, 'pages');
    expect(there.map(({ url }) => url).sort()).toEqual([SITE, urlOf('/a'), urlOf('/new'), urlOf('/same')]);
    const gone = await allItems(api, `/api/v1/structure?url=${site}&gone=true&limit=1`, 'pages');
    expect(gone).toMatchObject([
      {
        url: urlOf('/a'),
        gone_since: null,
        sections: [{ heading: 'Lost', last_seen: '1970-01-01T00:00:01.000Z' }],
      },
      { url: urlOf('/old'), gone_since: '1970-01-01T00:00:06.000Z', sections: [{ heading: 'News' }] },
    ]);
  });
});
