import { describe, expect, it } from 'vitest';
import type { OutlinedPage } from '../../../src/model/site.ts';
import type { GraphHarness } from './harness.ts';
import { alias, pageOf, SITE, saveCrawl, urlOf } from './pages.ts';

const NEWS = { heading: 'News', text: 'Nothing new under the sun.' };

/** What a store promises of outlines. */
export function structureTests(name: string, open: () => Promise<GraphHarness>): void {
  describe(`graph store: ${name}: structure`, () => {
    it('returns root, other hosts, and pages by depth with their sections', async () => {
      await using harness = await open();
      const { graph } = harness;
      const blog = { ...pageOf('/blog', [NEWS], { depth: 1 }), url: 'http://blog.site.test/' };
      const pages = [
        pageOf('/deep', [NEWS], { depth: 2 }),
        pageOf('/', [{ heading: 'Front', links: ['/a'] }], { depth: 0 }),
        pageOf('/a', [NEWS, { heading: 'More' }], { depth: 1 }),
        blog,
      ];
      const id = await saveCrawl(graph, 'crawl', pages, [alias('/old', '/a')]);
      const query = { cursor: null, limit: 10, preview: 11 };
      const structure = await graph.structure(SITE, query);
      expect(structure?.site).toEqual({
        id,
        url: SITE,
        host: 'site.test',
        title: 'Title of /',
        pages: 4,
        summary: null,
      });
      expect(structure?.subRoots).toEqual([
        { host: 'blog.site.test', url: 'http://blog.site.test/', title: 'Title of /blog', pages: 1 },
      ]);
      expect(structure?.pages.map(({ url, depth }) => [url, depth])).toEqual([
        [SITE, 0],
        [urlOf('/a'), 1],
        ['http://blog.site.test/', 1],
        [urlOf('/deep'), 2],
      ]);
      expect(structure?.pages[1]?.sectionRows.map(({ heading, text }) => [heading, text])).toEqual([
        ['News', 'Nothing new'],
        ['More', 'About More'],
      ]);
      expect(await graph.structure(urlOf('/old'), query)).toEqual(structure);
      expect(await graph.structure(urlOf('/unknown'), query)).toBeNull();
    });

    it('goes by pages', async () => {
      await using harness = await open();
      const { graph } = harness;
      const pages = Array.from({ length: 7 }, (_, n) => pageOf(`/${n}`, [NEWS], { depth: n % 3 }));
      await saveCrawl(graph, 'crawl', pages);
      const seen: OutlinedPage[] = [];
      let cursor: string | null = null;
      do {
        const part = await graph.structure(urlOf('/0'), { cursor, limit: 2, preview: 5 });
        seen.push(...(part?.pages ?? []));
        cursor = part?.next ?? null;
      } while (cursor !== null);
      expect(seen.map(({ url }) => url)).toEqual(['/0', '/3', '/6', '/1', '/4', '/2', '/5'].map(urlOf));
      await expect(graph.structure(urlOf('/0'), { cursor: 'x', limit: 2, preview: 5 })).rejects.toMatchObject(
        {
          code: 'bad-cursor',
        },
      );
    });

    it('is bounded, however much stands on the pages', async () => {
      await using harness = await open();
      const { graph } = harness;
      const sections = Array.from({ length: 400 }, (_, n) => ({ heading: `${n}`, text: 'x'.repeat(5000) }));
      const pages = Array.from({ length: 30 }, (_, n) =>
        pageOf(`/${n}`, [...sections, { heading: `own ${n}` }]),
      );
      await saveCrawl(graph, 'crawl', pages);
      const part = await graph.structure(urlOf('/0'), { cursor: null, limit: 30, preview: 200 });
      expect(part?.pages[0]?.sectionRows).toHaveLength(300);
      expect(part?.pages.length).toBeLessThan(30);
      expect(part?.next).not.toBeNull();
      const rows = part?.pages.map(({ sectionRows }) => sectionRows);
      expect(JSON.stringify(rows).length).toBeLessThan(2_000_000);
    });

    it('has the depths of the finished crawl', async () => {
      await using harness = await open();
      const { graph } = harness;
      const pages = [
        pageOf('/', [{ heading: 'Front', links: ['/a'] }], { depth: 0 }),
        pageOf('/a', [NEWS], { depth: 7 }),
      ];
      await saveCrawl(graph, 'crawl', pages);
      await graph.finish('crawl', 2000);
      const structure = await graph.structure(SITE, { cursor: null, limit: 5, preview: 1 });
      expect(structure?.pages.map(({ depth }) => depth)).toEqual([0, 1]);
    });
  });
}
