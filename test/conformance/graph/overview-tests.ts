import { describe, expect, it } from 'vitest';
import type { GroupWrite, Layout } from '../../../src/model/layout-group.ts';
import type { PageWrite } from '../../../src/model/page.ts';
import type { ObservedList, PaginatedListWrite } from '../../../src/model/paginated-list.ts';
import type { ParsedPagination } from '../../../src/model/pagination.ts';
import type { SiteOverview } from '../../../src/model/site-overview.ts';
import type { GraphStore } from '../../../src/ports/graph-store.ts';
import type { GraphHarness } from './harness.ts';
import { alias, pageOf, SITE, saveCrawl, urlOf } from './pages.ts';

const NEWS = urlOf('/news?page={page}').replaceAll('%7B', '{').replaceAll('%7D', '}');
const TEXT = [{ heading: 'Text' }];

/** A page of the list of news, which names so many pages. */
function newsPage(path: string, current: number | null, last: number | null): PageWrite {
  const pagination: ParsedPagination = {
    kind: 'numbered',
    next: null,
    prev: null,
    current,
    last,
    pattern: { url: NEWS, first: 1, step: 1 },
    evidence: ['numbers'],
    listHash: path,
  };
  return withParsed(pageOf(path, TEXT), { pagination });
}

function layoutPage(path: string, fingerprint: string): PageWrite {
  return withParsed(pageOf(path, TEXT), { fingerprint });
}

function withParsed(page: PageWrite, about: Partial<PageWrite['parsed']>): PageWrite {
  return { ...page, parsed: { ...page.parsed, ...about } };
}

function board(pattern: string, about: Partial<PaginatedListWrite> = {}): PaginatedListWrite {
  return { pattern, strategy: 'sampling', total: 40, checked: true, repeats: false, pages: [], ...about };
}

function group(pattern: string, pages: number, about: Partial<GroupWrite> = {}): GroupWrite {
  return { name: pattern, pattern, fingerprint: 'a', pages, layouts: [], examples: [], ...about };
}

async function allBoards(graph: GraphStore, limit: number): Promise<readonly ObservedList[]> {
  const all: ObservedList[] = [];
  for (let cursor: string | null = null; ; ) {
    const { lists, next } = await graph.observedLists('crawl', { cursor, limit });
    all.push(...lists);
    if (next === null) return all;
    cursor = next;
  }
}

async function allLayouts(graph: GraphStore, limit: number): Promise<readonly Layout[]> {
  const all: Layout[] = [];
  for (let cursor: string | null = null; ; ) {
    const { layouts, next } = await graph.layouts('crawl', { cursor, limit });
    expect(layouts.length).toBeLessThanOrEqual(limit);
    all.push(...layouts);
    if (next === null) return all;
    cursor = next;
  }
}

async function overviewOf(graph: GraphStore, boardPages = 10): Promise<SiteOverview> {
  const siteOverview = await graph.siteOverview(urlOf('/news'), boardPages);
  if (siteOverview === null) throw new Error('the site should be in the map');
  return siteOverview;
}

/** What a store promises of paginated lists and groups. */
export function overviewTests(name: string, open: () => Promise<GraphHarness>): void {
  describe(`graph store: ${name}: paginated lists that pages show`, () => {
    it('are listed with their pages by number, whatever order they were stored in', async () => {
      await using harness = await open();
      const { graph } = harness;
      const other = newsPage('/list/1', 1, 2);
      const pattern = { url: urlOf('/list/').concat('{page}'), first: 1, step: 1 };
      const { pagination } = other.parsed;
      await saveCrawl(graph, 'crawl', [
        newsPage('/news?page=3', 3, 12),
        withParsed(other, { pagination: pagination === null ? null : { ...pagination, pattern } }),
        newsPage('/news', 1, 5),
        newsPage('/front', null, 40),
        pageOf('/plain', TEXT),
      ]);
      const news = {
        pattern: { url: NEWS, first: 1, step: 1 },
        last: 12,
        pages: [
          { page: 1, url: urlOf('/news') },
          { page: 3, url: urlOf('/news?page=3') },
        ],
      };
      const list = { pattern, last: 2, pages: [{ page: 1, url: urlOf('/list/1') }] };
      expect(await allBoards(graph, 10)).toEqual([list, news]);
      expect(await allBoards(graph, 1)).toEqual([list, news]);
    });

    it('have the positions that the crawl has counted if URLs contain no number', async () => {
      await using harness = await open();
      const { graph } = harness;
      const pattern = { url: urlOf('/news?cursor=').concat('{page}'), first: 0, step: 0 };
      const counted = (path: string, page: number): PageWrite => ({
        ...pageOf(path, TEXT),
        listPosition: { pattern, page, last: null },
      });
      await saveCrawl(graph, 'crawl', [
        counted('/news?cursor=b', 3),
        counted('/news', 1),
        counted('/news?cursor=z', 2),
        { ...newsPage('/other', 1, 1), listPosition: null },
      ]);
      const board = {
        pattern,
        last: 3,
        pages: [
          { page: 1, url: urlOf('/news') },
          { page: 2, url: urlOf('/news?cursor=z') },
          { page: 3, url: urlOf('/news?cursor=b') },
        ],
      };
      const other = {
        pattern: { url: NEWS, first: 1, step: 1 },
        last: 1,
        pages: [{ page: 1, url: urlOf('/other') }],
      };
      expect(await allBoards(graph, 10)).toEqual([board, other]);
    });

    it('are those of the site, of all its crawls, without pages that were removed or show none any more', async () => {
      await using harness = await open();
      const { graph } = harness;
      await saveCrawl(
        graph,
        'before',
        [1, 2, 3, 4].map((n) => newsPage(`/news?page=${n}`, n, 4)),
      );
      await graph.openSite({ url: 'http://other.test/', crawlId: 'other', at: 1 });
      await graph.save('other', [{ ...newsPage('/x', 9, 99), url: 'http://other.test/x' }], []);
      await saveCrawl(
        graph,
        'crawl',
        [pageOf('/news?page=2', TEXT)],
        [alias('/news?page=4', '/news?page=1')],
      );
      await graph.markRemoved('crawl', [urlOf('/news?page=3')], 2000);
      expect((await allBoards(graph, 10)).map(({ pages }) => pages)).toEqual([
        [{ page: 1, url: urlOf('/news?page=1') }],
      ]);
    });
  });

  describe(`graph store: ${name}: layouts`, () => {
    it('count the pages of one URL template and one fingerprint, with the first of their URLs', async () => {
      await using harness = await open();
      const { graph } = harness;
      const paths = ['/b/4', '/b/2', '/b/1', '/b/3', '/a/1'];
      await saveCrawl(graph, 'crawl', [
        ...paths.map((path) => layoutPage(path, 'one')),
        layoutPage('/b/5', 'other'),
        layoutPage('/', 'one'),
      ]);
      const layouts = [
        { template: SITE, fingerprint: 'one', pages: 1, examples: [SITE] },
        { template: urlOf('/a/*'), fingerprint: 'one', pages: 1, examples: [urlOf('/a/1')] },
        {
          template: urlOf('/b/*'),
          fingerprint: 'one',
          pages: 4,
          examples: ['/b/1', '/b/2', '/b/3'].map(urlOf),
        },
        { template: urlOf('/b/*'), fingerprint: 'other', pages: 1, examples: [urlOf('/b/5')] },
      ];
      expect(await allLayouts(graph, 10)).toEqual(layouts);
      expect(await allLayouts(graph, 1)).toEqual(layouts);
      expect(await allLayouts(graph, 3)).toEqual(layouts);
    });

    it('are those of the site as it is now', async () => {
      await using harness = await open();
      const { graph } = harness;
      await saveCrawl(
        graph,
        'before',
        ['/b/1', '/b/2', '/b/3'].map((path) => layoutPage(path, 'one')),
      );
      await saveCrawl(graph, 'crawl', [layoutPage('/b/2', 'two')]);
      await graph.markRemoved('crawl', [urlOf('/b/3')], 2000);
      expect(
        (await allLayouts(graph, 10)).map(({ fingerprint, examples }) => [fingerprint, examples]),
      ).toEqual([
        ['one', [urlOf('/b/1')]],
        ['two', [urlOf('/b/2')]],
      ]);
    });
  });

  describe(`graph store: ${name}: paginated lists and groups`, () => {
    it('are listed, the largest first, with the titles of their pages', async () => {
      await using harness = await open();
      const { graph } = harness;
      await saveCrawl(graph, 'crawl', [newsPage('/news', 1, 40), newsPage('/news?page=2', 2, 40)]);
      const pages = [
        { page: 1, url: urlOf('/news') },
        { page: 2, url: urlOf('/news?page=2') },
      ];
      const lists = [
        board('http://site.test/b/{page}', { total: 2, strategy: 'all' }),
        board(NEWS, { pages }),
      ];
      const layouts = [{ template: urlOf('/news'), fingerprint: 'a' }];
      const groups = [group('/x/*', 3), group('/y/*', 9, { layouts, examples: [urlOf('/news')] })];
      await graph.saveAnalysis('crawl', { lists, groups }, 1);
      const siteOverview = await overviewOf(graph);
      expect(siteOverview).toMatchObject({ listCount: 2, groupCount: 2 });
      expect(siteOverview.lists).toEqual([
        {
          id: expect.stringMatching(/^[\da-f]{32}$/),
          pattern: NEWS,
          strategy: 'sampling',
          total: 40,
          checked: true,
          repeats: false,
          pageCount: 2,
          pages: [
            { page: 1, url: urlOf('/news'), title: 'Title of /news' },
            { page: 2, url: urlOf('/news?page=2'), title: 'Title of /news?page=2' },
          ],
        },
        expect.objectContaining({
          pattern: 'http://site.test/b/{page}',
          total: 2,
          strategy: 'all',
          pages: [],
        }),
      ]);
      expect(
        siteOverview.groups.map(({ pattern, pages: size, examples }) => [pattern, size, examples]),
      ).toEqual([
        ['/y/*', 9, [{ url: urlOf('/news'), title: 'Title of /news' }]],
        ['/x/*', 3, []],
      ]);
      expect((await overviewOf(graph, 1)).lists[0]).toMatchObject({ pageCount: 2, pages: [{ page: 1 }] });
      expect(await graph.siteOverview(urlOf('/news?page=2'), 10)).toEqual(siteOverview);
      expect(await graph.siteOverview('http://unknown.test/', 10)).toBeNull();
    });

    it('of unknown length have no total, and are sorted by their pages on the map', async () => {
      await using harness = await open();
      const { graph } = harness;
      await saveCrawl(graph, 'crawl', [pageOf('/news', TEXT), pageOf('/news?cursor=x', TEXT)]);
      const pages = [
        { page: 1, url: urlOf('/news') },
        { page: 2, url: urlOf('/news?cursor=x') },
      ];
      const lists = [
        board('http://site.test/one/{page}', { total: 1 }),
        board('http://site.test/news?cursor={page}', { total: null, checked: false, pages }),
        board('http://site.test/three/{page}', { total: 3 }),
      ];
      await graph.saveAnalysis('crawl', { lists, groups: [] }, 1);
      const told = (await overviewOf(graph)).lists;
      expect(told.map(({ pattern, total }) => [pattern, total])).toEqual([
        ['http://site.test/three/{page}', 3],
        ['http://site.test/news?cursor={page}', null],
        ['http://site.test/one/{page}', 1],
      ]);
      await graph.saveAnalysis(
        'crawl',
        { lists: [board('http://site.test/three/{page}', { total: null })], groups: [] },
        1,
      );
      expect((await overviewOf(graph)).lists.at(-1)).toMatchObject({ total: null, pageCount: 0 });
    });

    it('are as after one analysis when it is done again', async () => {
      await using harness = await open();
      const { graph } = harness;
      await saveCrawl(graph, 'crawl', [newsPage('/news', 1, 40)]);
      const batch = {
        lists: [board(NEWS, { pages: [{ page: 1, url: urlOf('/news') }] })],
        groups: [group('/x/*', 3, { examples: [urlOf('/news')] })],
      };
      await graph.saveAnalysis('crawl', batch, 1);
      await graph.endAnalysis('crawl', 1);
      const first = await overviewOf(graph);
      await graph.saveAnalysis('crawl', batch, 2);
      await graph.saveAnalysis('crawl', batch, 2);
      await graph.endAnalysis('crawl', 2);
      expect(await overviewOf(graph)).toEqual(first);
    });

    it('that an analysis does not find any more are removed, those of other sites are not', async () => {
      await using harness = await open();
      const { graph } = harness;
      await saveCrawl(graph, 'crawl', [newsPage('/news', 1, 40)]);
      await graph.openSite({ url: 'http://other.test/', crawlId: 'other', at: 1 });
      await graph.save('other', [{ ...pageOf('/', TEXT), url: 'http://other.test/' }], []);
      await graph.saveAnalysis('other', { lists: [board(NEWS)], groups: [group('/x/*', 5)] }, 1);
      const lists = [board('/old/{page}'), board(NEWS, { pages: [{ page: 1, url: urlOf('/news') }] })];
      await graph.saveAnalysis('crawl', { lists, groups: [group('/x/*', 3), group('/y/*', 4)] }, 1);
      await graph.saveAnalysis('crawl', { lists: [board(NEWS)], groups: [] }, 2);
      await graph.saveAnalysis('crawl', { lists: [], groups: [group('/x/*', 7)] }, 2);
      await graph.endAnalysis('crawl', 2);
      const { lists: left, groups } = await overviewOf(graph);
      expect(left.map(({ pattern, pages }) => [pattern, pages])).toEqual([[NEWS, []]]);
      expect(groups.map(({ pattern, pages }) => [pattern, pages])).toEqual([['/x/*', 7]]);
      const other = await graph.siteOverview('http://other.test/', 10);
      expect(other).toMatchObject({ listCount: 1, groupCount: 1, groups: [{ pages: 5 }] });
    });
  });
}
