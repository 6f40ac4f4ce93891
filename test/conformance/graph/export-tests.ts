import { describe, expect, it } from 'vitest';
import type { PageDetail } from '../../../src/model/page.ts';
import type { GraphStore } from '../../../src/ports/graph-store.ts';
import type { GraphHarness } from './harness.ts';
import { alias, detailOf, pageOf, SITE, saveCrawl, urlOf } from './pages.ts';

const NEWS = { heading: 'News', text: 'Nothing new under the sun.', links: ['/1'] };

async function wholeSite(graph: GraphStore, limit: number): Promise<PageDetail[]> {
  const pages: PageDetail[] = [];
  let cursor: string | null = null;
  do {
    const part = await graph.sitePages(SITE, { cursor, limit });
    pages.push(...(part?.pages ?? []));
    cursor = part?.next ?? null;
  } while (cursor !== null);
  return pages;
}

/** What a store promises to those who take a whole site away. */
export function exportTests(name: string, open: () => Promise<GraphHarness>): void {
  describe(`graph store: ${name}: a whole site`, () => {
    it('is given part by part, each page once with all that is on it', async () => {
      await using harness = await open();
      const { graph } = harness;
      const paths = ['/', ...Array.from({ length: 8 }, (_, n) => `/${n}`)];
      const pages = paths.map((path) => pageOf(path, [NEWS, { heading: `About ${path}` }]));
      const id = await saveCrawl(graph, 'crawl', pages, [alias('/old', '/1')]);
      for (const limit of [1, 4, 100]) {
        const found = await wholeSite(graph, limit);
        expect(found.map(({ url }) => url).sort(), `${limit} at a time`).toEqual(paths.map(urlOf).sort());
        expect(found.find(({ url }) => url === urlOf('/3'))).toEqual(await detailOf(graph, '/3'));
      }
      const part = await graph.sitePages(urlOf('/old'), { cursor: null, limit: 1 });
      expect(part?.site).toMatchObject({ id, url: SITE, host: 'site.test', title: 'Title of /', pages: 9 });
      expect(await graph.sitePages('http://unknown.test/', { cursor: null, limit: 1 })).toBeNull();
      await expect(graph.sitePages(SITE, { cursor: 'x', limit: 1 })).rejects.toMatchObject({
        code: 'bad-cursor',
      });
    });

    it('comes in parts that are bounded, however much stands on the pages', async () => {
      await using harness = await open();
      const { graph } = harness;
      const sections = Array.from({ length: 100 }, (_, n) => ({ heading: `${n}`, text: 'x'.repeat(9000) }));
      const pages = Array.from({ length: 12 }, (_, n) =>
        pageOf(n === 0 ? '/' : `/${n}`, [...sections, { heading: `own ${n}` }]),
      );
      await saveCrawl(graph, 'crawl', pages);
      const part = await graph.sitePages(SITE, { cursor: null, limit: 12 });
      expect(JSON.stringify(part).length).toBeLessThan(6_000_000);
      expect(part?.next).not.toBeNull();
    });
  });
}
