import { describe, expect, it } from 'vitest';
import type { GraphHarness } from './harness.ts';
import { clicksTo } from './map.ts';
import { alias, allPages, detailOf, pageOf, SITE, saveCrawl, urlOf } from './pages.ts';

const FRONT = { heading: 'Front', links: ['/a'] };

/** What a store promises of URLs that lead to other URLs. */
export function aliasTests(name: string, open: () => Promise<GraphHarness>): void {
  describe(`graph store: ${name}: URLs that lead to others`, () => {
    it('are followed to the end, in whatever order they were found', async () => {
      const [first, second, third] = [alias('/a', '/b'), alias('/b', '/c'), alias('/c', '/d')];
      for (const order of [
        [first, second, third],
        [third, second, first],
        [second, first, third],
        [first, third, second],
      ]) {
        await using harness = await open();
        const { graph } = harness;
        await saveCrawl(graph, 'crawl', [pageOf('/', [FRONT]), pageOf('/d', [{ heading: 'D' }])]);
        for (const known of order) await graph.save('crawl', [], [known]);
        for (const path of ['/a', '/b', '/c'])
          expect((await detailOf(graph, path)).url, path).toBe(urlOf('/d'));
        expect((await clicksTo(graph, '/', '/d')).map(({ text }) => text)).toEqual(['To /a']);
        expect((await graph.inLinks(urlOf('/a'), { cursor: null, limit: 5 }))?.links).toHaveLength(1);
      }
    });

    it('follow a URL that moves again', async () => {
      await using harness = await open();
      const { graph } = harness;
      await saveCrawl(
        graph,
        'crawl',
        [pageOf('/', [FRONT]), pageOf('/b', [{ heading: 'B' }])],
        [alias('/a', '/b')],
      );
      await graph.save('crawl', [pageOf('/c', [{ heading: 'C' }])], [alias('/b', '/c')]);
      expect((await detailOf(graph, '/a')).url).toBe(urlOf('/c'));
    });

    it('do not go in circles: the newest word counts', async () => {
      await using harness = await open();
      const { graph } = harness;
      await saveCrawl(
        graph,
        'crawl',
        [pageOf('/b', [{ heading: 'B' }])],
        [alias('/a', '/b'), alias('/c', '/a')],
      );
      await graph.save('crawl', [pageOf('/a', [{ heading: 'A' }])], [alias('/b', '/a'), alias('/a', '/a')]);
      expect((await detailOf(graph, '/a')).url).toBe(urlOf('/a'));
      expect((await detailOf(graph, '/b')).url).toBe(urlOf('/a'));
      await graph.save('crawl', [], [alias('/x', '/y'), alias('/y', '/x'), alias('/x', '/y')]);
      expect(await graph.page(urlOf('/x'))).toBeNull();
    });

    it('leave nothing of the page that they showed before, but that it was there', async () => {
      await using harness = await open();
      const { graph } = harness;
      const front = pageOf('/', [FRONT]);
      const [old, fresh] = [pageOf('/a', [{ heading: 'Tides' }]), pageOf('/b', [{ heading: 'Floods' }])];
      await saveCrawl(graph, 'one', [front, old]);
      await saveCrawl(graph, 'two', [front, fresh], [alias('/a', '/b')]);
      expect((await allPages(graph, 'two')).map(({ url }) => url).toSorted()).toEqual(['/', '/b'].map(urlOf));
      expect(await graph.counts('two')).toMatchObject({ pages: 2 });
      const query = { cursor: null, limit: 10, preview: 0 };
      const structure = await graph.structure(SITE, query);
      expect(structure?.pages.map(({ url }) => url).toSorted()).toEqual(['/', '/b'].map(urlOf));
      const removed = await graph.structure(SITE, { ...query, removed: true });
      expect(
        removed?.pages.filter(({ removedSince }) => removedSince !== null).map(({ url }) => url),
      ).toEqual([urlOf('/a')]);
    });

    it('leave nothing of the page that the same crawl has stored under them', async () => {
      await using harness = await open();
      const { graph } = harness;
      await saveCrawl(graph, 'crawl', [pageOf('/', [FRONT]), pageOf('/a', [{ heading: 'Tides' }])]);
      await graph.save('crawl', [pageOf('/b', [{ heading: 'Floods' }])], [alias('/a', '/b')]);
      expect((await allPages(graph, 'crawl')).map(({ url }) => url).toSorted()).toEqual(
        ['/', '/b'].map(urlOf),
      );
      expect(await graph.counts('crawl')).toMatchObject({ pages: 2 });
      const structure = await graph.structure(SITE, { cursor: null, limit: 10, preview: 0 });
      expect(structure?.pages.map(({ url }) => url).toSorted()).toEqual(['/', '/b'].map(urlOf));
    });
  });
}
