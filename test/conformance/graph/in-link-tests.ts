import { describe, expect, it } from 'vitest';
import type { InLink } from '../../../src/model/link.ts';
import type { GraphStore } from '../../../src/ports/graph-store.ts';
import type { GraphHarness } from './harness.ts';
import { alias, pageOf, saveCrawl, urlOf } from './pages.ts';

const MENU = { heading: 'Menu', links: ['/a', ['/a#s0', 'Part of A']] } as const;

async function allInLinks(graph: GraphStore, path: string, limit: number): Promise<InLink[]> {
  const links: InLink[] = [];
  let cursor: string | null = null;
  do {
    const list = await graph.inLinks(urlOf(path), { cursor, limit });
    links.push(...(list?.links ?? []));
    cursor = list?.next ?? null;
  } while (cursor !== null);
  return links;
}

/** What a store promises of the links to a page. */
export function inLinkTests(name: string, open: () => Promise<GraphHarness>): void {
  describe(`graph store: ${name}: in-links`, () => {
    it('lists every occurrence of a link, with text, role and section', async () => {
      await using harness = await open();
      const { graph } = harness;
      const pages = [
        pageOf('/', [MENU, { heading: 'Front', links: [['/old', 'Old way']] }]),
        pageOf('/b', [MENU]),
        pageOf('/a', [MENU, { heading: 'A', links: ['/a', '/b'] }]),
      ];
      await saveCrawl(graph, 'crawl', pages, [alias('/old', '/a')]);
      const list = await graph.inLinks(urlOf('/old'), { cursor: null, limit: 10 });
      expect(list?.page).toEqual({ url: urlOf('/a'), title: 'Title of /a' });
      expect(list?.next).toBeNull();
      const told = list?.links.map(({ page, section, text, fragment }) => [
        page.url,
        section.heading,
        text,
        fragment,
      ]);
      expect(told?.toSorted()).toEqual(
        [
          [urlOf('/'), 'Menu', 'To /a', ''],
          [urlOf('/'), 'Menu', 'Part of A', 's0'],
          [urlOf('/'), 'Front', 'Old way', ''],
          [urlOf('/b'), 'Menu', 'To /a', ''],
          [urlOf('/b'), 'Menu', 'Part of A', 's0'],
        ].toSorted(),
      );
      expect(list?.links.every(({ role }) => role === 'link')).toBe(true);
    });

    it('goes by pages, each occurrence once', async () => {
      await using harness = await open();
      const { graph } = harness;
      const pages = Array.from({ length: 9 }, (_, n) =>
        pageOf(`/${n}`, [MENU, { heading: `Page ${n}`, links: ['/old', '/a'] }]),
      );
      await saveCrawl(graph, 'crawl', [...pages, pageOf('/a', [])], [alias('/old', '/a')]);
      for (const limit of [1, 4, 36, 100]) {
        const links = await allInLinks(graph, '/a', limit);
        const keys = links.map(({ page, section, text }) => `${page.url} ${section.order} ${text}`);
        expect([keys.length, new Set(keys).size], `${limit} at a time`).toEqual([36, 36]);
      }
      await expect(graph.inLinks(urlOf('/a'), { cursor: '1', limit: 1 })).rejects.toMatchObject({
        code: 'bad-cursor',
      });
    });

    it('has no links to pages that are not on the map', async () => {
      await using harness = await open();
      const { graph } = harness;
      await saveCrawl(graph, 'crawl', [pageOf('/', [MENU])]);
      expect(await graph.inLinks(urlOf('/a'), { cursor: null, limit: 10 })).toBeNull();
      expect(await graph.inLinks(urlOf('/'), { cursor: null, limit: 10 })).toMatchObject({ links: [] });
    });
  });
}
