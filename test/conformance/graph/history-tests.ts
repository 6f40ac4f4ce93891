import { describe, expect, it } from 'vitest';
import type { PageChange } from '../../../src/model/history.ts';
import type { AliasWrite, PageWrite } from '../../../src/model/page.ts';
import type { GraphStore } from '../../../src/ports/graph-store.ts';
import type { GraphHarness } from './harness.ts';
import { matchesOf, pathTo } from './map.ts';
import { alias, detailOf, pageOf, SITE, urlOf } from './pages.ts';

const FRONT = { heading: 'Front', links: ['/a', '/b'] };
const NEWS = { heading: 'News', text: 'Nothing new under the sun.' };
const TIDES = { heading: 'Tides', text: 'High at noon.' };

/** A crawl of the site from begin to end. Times are those of its pages. */
async function crawl(
  graph: GraphStore,
  crawlId: string,
  at: number,
  pages: readonly PageWrite[],
  aliases: readonly AliasWrite[] = [],
): Promise<void> {
  await graph.openSite({ url: SITE, crawlId, at });
  await graph.save(
    crawlId,
    pages.map((page) => ({ ...page, fetchedAt: at + 1 })),
    aliases,
  );
  await graph.finish(crawlId, at + 2);
}

async function unseen(graph: GraphStore, crawlId: string): Promise<readonly string[]> {
  return (await graph.unseen(crawlId, { cursor: null, limit: 100 })).urls;
}

async function allChanges(graph: GraphStore, from: string, to: string, limit = 100): Promise<PageChange[]> {
  const changes: PageChange[] = [];
  let cursor: string | null = null;
  do {
    const part = await graph.changes(from, to, { cursor, limit });
    changes.push(...part.pages);
    cursor = part.next;
  } while (cursor !== null);
  return changes;
}

function headings(version: PageChange['before']): readonly (string | null)[] | null {
  return version === null ? null : version.sections.map(({ heading }) => heading);
}

/** What a store promises to remember of earlier crawls. */
export function historyTests(name: string, open: () => Promise<GraphHarness>): void {
  describe(`graph store: ${name}: crawls of a site`, () => {
    it('are read one by one and as a list, the newest first', async () => {
      await using harness = await open();
      const { graph } = harness;
      for (const [n, id] of ['one', 'two', 'three'].entries())
        await crawl(graph, id, 1000 * (n + 1), [pageOf('/', [FRONT]), pageOf('/a', [NEWS])].slice(0, n + 1));
      await graph.openSite({ url: 'http://other.test/', crawlId: 'other', at: 5 });
      await graph.openSite({ url: SITE, crawlId: 'running', at: 9000 });
      expect(await graph.crawl('two')).toEqual({
        id: 'two',
        site: SITE,
        startedAt: 2000,
        finishedAt: 2002,
        pages: 2,
      });
      expect(await graph.crawl('running')).toMatchObject({ startedAt: 9000, finishedAt: null, pages: 0 });
      expect(await graph.crawl('unknown')).toBeNull();
      const first = await graph.crawls(SITE, { cursor: null, limit: 2 });
      expect(first.crawls.map(({ id }) => id)).toEqual(['running', 'three']);
      const rest = await graph.crawls(SITE, { cursor: first.next, limit: 2 });
      expect(rest.crawls.map(({ id }) => id)).toEqual(['two', 'one']);
      expect(rest.next).toBeNull();
      expect(await graph.crawls('http://unknown.test/', { cursor: null, limit: 2 })).toEqual({
        crawls: [],
        next: null,
      });
      await expect(graph.crawls(SITE, { cursor: 'x', limit: 2 })).rejects.toMatchObject({
        code: 'bad-cursor',
      });
    });

    it('say when pages and sections were seen first and last', async () => {
      await using harness = await open();
      const { graph } = harness;
      await crawl(graph, 'one', 1000, [pageOf('/a', [NEWS, TIDES])]);
      await crawl(graph, 'two', 2000, [pageOf('/a', [{ ...NEWS, text: 'Something new.' }])]);
      const page = await detailOf(graph, '/a');
      expect(page).toMatchObject({ firstSeen: 1001, fetchedAt: 2001, removedSince: null });
      expect(page.sectionRows).toMatchObject([{ heading: 'News', firstSeen: 1001, lastSeen: 2001 }]);
      await crawl(graph, 'three', 3000, [pageOf('/a', [NEWS, TIDES])]);
      expect((await detailOf(graph, '/a')).sectionRows).toMatchObject([
        { heading: 'News', firstSeen: 1001, lastSeen: 3001 },
        { heading: 'Tides', firstSeen: 1001, lastSeen: 3001 },
      ]);
      await crawl(graph, 'four', 4000, [pageOf('/a', [NEWS, TIDES])]);
      expect((await detailOf(graph, '/a')).sectionRows[1]).toMatchObject({ firstSeen: 1001, lastSeen: 4001 });
    });
  });

  describe(`graph store: ${name}: removed pages`, () => {
    it('are those of the site that a crawl has not stored and that are marked', async () => {
      await using harness = await open();
      const { graph } = harness;
      await crawl(graph, 'one', 1000, [pageOf('/', [FRONT]), pageOf('/a', [NEWS]), pageOf('/b', [TIDES])]);
      await graph.openSite({ url: 'http://other.test/', crawlId: 'other', at: 5 });
      await graph.save('other', [{ ...pageOf('/', [NEWS]), url: 'http://other.test/' }], []);
      await crawl(graph, 'two', 2000, [pageOf('/', [FRONT])]);
      expect(await unseen(graph, 'one')).toEqual([]);
      expect([...(await unseen(graph, 'two'))].sort()).toEqual([urlOf('/a'), urlOf('/b')]);
      const part = await graph.unseen('two', { cursor: null, limit: 1 });
      const rest = await graph.unseen('two', { cursor: part.next, limit: 1 });
      expect([...part.urls, ...rest.urls].sort()).toEqual([urlOf('/a'), urlOf('/b')]);
      expect(rest.next).toBeNull();

      const urls = [urlOf('/a'), SITE, 'http://other.test/', urlOf('/unknown')];
      await graph.markRemoved('two', urls, 2500);
      await graph.markRemoved('two', urls, 2600);
      expect(await unseen(graph, 'two')).toEqual([urlOf('/b')]);
      expect(await detailOf(graph, '/a')).toMatchObject({
        removedSince: 2500,
        firstSeen: 1001,
        fetchedAt: 1001,
      });
      expect((await detailOf(graph, '/')).removedSince).toBeNull();
      expect((await graph.page('http://other.test/'))?.removedSince).toBeNull();
    });

    it('are kept as they were, but are no part of the map', async () => {
      await using harness = await open();
      const { graph } = harness;
      const there = [pageOf('/', [FRONT], { depth: 0 }), pageOf('/c', [{ heading: 'C' }])];
      const old = pageOf('/a', [TIDES, { heading: 'Go', links: ['/c'] }], { title: 'Ephemera' });
      await crawl(graph, 'one', 1000, [...there, old], [alias('/old', '/a')]);
      expect(await pathTo(graph, '/', '/c')).toEqual(['To /a', 'To /c']);
      expect(await matchesOf(graph, 'tides')).toEqual(['/a#s0']);
      await crawl(graph, 'two', 2000, there);
      await graph.markRemoved('two', [urlOf('/a')], 2500);

      expect(await pathTo(graph, '/', '/c')).toEqual({ kind: 'none', complete: true });
      expect(await pathTo(graph, '/', '/a')).toEqual({ kind: 'none', complete: true });
      for (const text of ['tides', 'ephemera', 'high at noon', 'to /a']) {
        const found = await matchesOf(graph, text);
        expect(
          found.filter((where) => where.startsWith('/a')),
          text,
        ).toEqual([]);
      }
      const query = { cursor: null, limit: 10, preview: 100 };
      const structure = await graph.structure(SITE, query);
      expect(structure?.site.pages).toBe(2);
      expect(structure?.pages.map(({ url }) => url)).toEqual([SITE, urlOf('/c')]);
      expect((await graph.inLinks(urlOf('/c'), { cursor: null, limit: 10 }))?.links).toEqual([]);
      expect((await graph.sitePages(SITE, { cursor: null, limit: 10 }))?.pages.map(({ url }) => url)).toEqual(
        [SITE, urlOf('/c')].sort(),
      );

      const removed = await graph.structure(SITE, { ...query, removed: true });
      expect(removed?.pages).toMatchObject([
        {
          url: urlOf('/a'),
          title: 'Ephemera',
          removedSince: 2500,
          sectionRows: [
            { heading: 'Tides', text: 'High at noon.', lastSeen: 1001 },
            { heading: 'Go', lastSeen: 1001 },
          ],
        },
      ]);
      expect((await detailOf(graph, '/old')).sectionRows.map(({ heading }) => heading)).toEqual([
        'Tides',
        'Go',
      ]);
    });

    it('come back as they are found, with the ids that they had', async () => {
      await using harness = await open();
      const { graph } = harness;
      const pages = [
        pageOf('/', [FRONT]),
        pageOf('/a', [TIDES, { heading: 'Go', links: ['/c'] }]),
        pageOf('/c', [NEWS]),
      ];
      await crawl(graph, 'one', 1000, pages);
      const ids = (await detailOf(graph, '/a')).sectionRows.map(({ id }) => id);
      await crawl(graph, 'two', 2000, [pageOf('/', [FRONT]), pageOf('/c', [NEWS])]);
      await graph.markRemoved('two', [urlOf('/a')], 2500);
      await crawl(graph, 'three', 3000, pages);
      const page = await detailOf(graph, '/a');
      expect(page).toMatchObject({ removedSince: null, firstSeen: 1001, fetchedAt: 3001 });
      expect(page.sectionRows.map(({ id, firstSeen }) => [id, firstSeen])).toEqual(
        ids.map((id) => [id, 1001]),
      );
      expect(await pathTo(graph, '/', '/c')).toEqual(['To /a', 'To /c']);
      expect(await matchesOf(graph, 'tides')).toEqual(['/a#s0']);
      expect((await graph.structure(SITE, { cursor: null, limit: 9, preview: 1 }))?.site.pages).toBe(3);
      const removed = await graph.structure(SITE, { cursor: null, limit: 9, preview: 1, removed: true });
      expect(removed?.pages).toEqual([]);
    });

    it('show the sections that pages have lost', async () => {
      await using harness = await open();
      const { graph } = harness;
      await crawl(graph, 'one', 1000, [pageOf('/', [FRONT, TIDES]), pageOf('/a', [NEWS])]);
      await crawl(graph, 'two', 2000, [pageOf('/', [FRONT]), pageOf('/a', [NEWS])]);
      const removed = await graph.structure(SITE, { cursor: null, limit: 10, preview: 4, removed: true });
      expect(removed?.pages).toMatchObject([
        { url: SITE, removedSince: null, sectionRows: [{ heading: 'Tides', text: 'High', lastSeen: 1001 }] },
      ]);
      expect((await detailOf(graph, '/')).sectionRows.map(({ heading }) => heading)).toEqual(['Front']);
    });

    it('are those whose URL leads elsewhere now', async () => {
      await using harness = await open();
      const { graph } = harness;
      await crawl(graph, 'one', 1000, [pageOf('/', [FRONT]), pageOf('/a', [TIDES])]);
      await crawl(graph, 'two', 2000, [pageOf('/', [FRONT]), pageOf('/b', [TIDES])], [alias('/a', '/b')]);
      expect(await unseen(graph, 'two')).toEqual([]);
      expect(await detailOf(graph, '/a')).toMatchObject({ url: urlOf('/b') });
      expect(await matchesOf(graph, 'tides')).toEqual(['/b#s0']);
      expect((await graph.structure(SITE, { cursor: null, limit: 9, preview: 1 }))?.pages).toHaveLength(2);
    });
  });

  describe(`graph store: ${name}: what two crawls saw differently`, () => {
    it('is listed page by page, with the sections of both', async () => {
      await using harness = await open();
      const { graph } = harness;
      const same = pageOf('/same', [NEWS]);
      await crawl(graph, 'one', 1000, [same, pageOf('/a', [NEWS, TIDES]), pageOf('/b', [TIDES])]);
      await crawl(graph, 'two', 2000, [
        same,
        pageOf('/a', [{ ...NEWS, text: 'All is new.' }], { title: 'Now' }),
        pageOf('/c', [NEWS]),
      ]);
      await graph.markRemoved('two', [urlOf('/b')], 2500);
      const changes = await allChanges(graph, 'one', 'two');
      const told = changes.map(({ url, before, after, removedSince }) => [
        url,
        headings(before),
        headings(after),
        removedSince,
      ]);
      expect(told.sort()).toEqual([
        [urlOf('/a'), ['News', 'Tides'], ['News'], null],
        [urlOf('/b'), ['Tides'], null, 2500],
        [urlOf('/c'), null, ['News'], null],
      ]);
      const page = changes.find(({ url }) => url === urlOf('/a'));
      expect([page?.before?.title, page?.after?.title]).toEqual(['Title of /a', 'Now']);
      const [was, is] = [page?.before?.sections[0], page?.after?.sections[0]];
      expect(was?.id).toBe(is?.id);
      expect(was?.content).not.toBe(is?.content);
      expect(is).toMatchObject({ path: 'main/section[1]', type: 'section' });
      expect((await detailOf(graph, '/a')).sectionRows[0]?.id).toBe(is?.id);
      const tides = changes.find(({ url }) => url === urlOf('/b'))?.before?.sections[0];
      expect(tides?.content).toBe(page?.before?.sections[1]?.content);
      expect(await allChanges(graph, 'one', 'one')).toEqual([]);
      expect((await allChanges(graph, 'two', 'one')).map(({ url }) => url).sort()).toEqual(
        changes.map(({ url }) => url).sort(),
      );
    });

    it('stays true when later crawls see other things', async () => {
      await using harness = await open();
      const { graph } = harness;
      await crawl(graph, 'one', 1000, [pageOf('/a', [NEWS])]);
      await crawl(graph, 'two', 2000, [pageOf('/a', [NEWS, TIDES])]);
      const before = await allChanges(graph, 'one', 'two');
      await crawl(graph, 'three', 3000, [pageOf('/a', [TIDES])]);
      await crawl(graph, 'four', 4000, []);
      await graph.markRemoved('four', [urlOf('/a')], 4500);
      const after = await allChanges(graph, 'one', 'two');
      expect(after.map(({ before, after }) => [before, after])).toEqual(
        before.map(({ before, after }) => [before, after]),
      );
      await crawl(graph, 'five', 5000, [pageOf('/a', [NEWS])]);
      expect(await allChanges(graph, 'one', 'five')).toEqual([]);
    });

    it('goes by pages, each once', async () => {
      await using harness = await open();
      const { graph } = harness;
      const paths = Array.from({ length: 9 }, (_, n) => `/${n}`);
      await crawl(
        graph,
        'one',
        1000,
        paths.slice(0, 6).map((path) => pageOf(path, [NEWS])),
      );
      await crawl(
        graph,
        'two',
        2000,
        paths.slice(3).map((path) => pageOf(path, [TIDES])),
      );
      for (const limit of [1, 2, 9, 100]) {
        const urls = (await allChanges(graph, 'one', 'two', limit)).map(({ url }) => url);
        expect(urls.sort(), `${limit} at a time`).toEqual(paths.map(urlOf));
      }
      await expect(graph.changes('one', 'two', { cursor: '-1', limit: 2 })).rejects.toMatchObject({
        code: 'bad-cursor',
      });
    });
  });
}
