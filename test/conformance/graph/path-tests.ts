import { describe, expect, it } from 'vitest';
import type { GraphHarness } from './harness.ts';
import { clicksTo, pathTo } from './map.ts';
import { alias, pageOf, saveCrawl, urlOf } from './pages.ts';

/** Pages 0 to n - 1, each with a link to the next. */
function chain(n: number) {
  return Array.from({ length: n }, (_, page) =>
    pageOf(`/${page}`, [{ heading: `Page ${page}`, links: [`/${page + 1}`] }]),
  );
}

/** What a store promises for paths between pages. */
export function pathTests(name: string, open: () => Promise<GraphHarness>): void {
  describe(`graph store: ${name}: paths`, () => {
    it('leads from page to page by the links there are', async () => {
      await using harness = await open();
      const { graph } = harness;
      await saveCrawl(graph, 'crawl', chain(5));
      expect(await pathTo(graph, '/0', '/4')).toEqual(['To /1', 'To /2', 'To /3', 'To /4']);
      expect(await pathTo(graph, '/0', '/0')).toEqual([]);
      expect(await pathTo(graph, '/4', '/0')).toEqual({ kind: 'none', complete: true });
      const [first] = await clicksTo(graph, '/0', '/1');
      expect(first).toEqual({
        page: { url: urlOf('/0'), title: 'Title of /0' },
        section: {
          id: expect.stringMatching(/./),
          order: 0,
          path: 'main/section[1]',
          type: 'section',
          heading: 'Page 0',
          anchor: 's0',
          label: null,
        },
        text: 'To /1',
        role: 'link',
        fragment: '',
        target: { url: urlOf('/1'), title: 'Title of /1' },
        repeats: false,
      });
    });

    it('returns several targets in their order, unknown ones too', async () => {
      await using harness = await open();
      const { graph } = harness;
      await saveCrawl(graph, 'crawl', chain(4));
      const to = ['/3', '/nowhere', '/1', '/3', '/2'].map((path) => ({ url: urlOf(path), fragment: null }));
      const paths = await graph.paths({ from: urlOf('/0'), to, maxClicks: 9 });
      expect(paths.map((path) => (path.kind === 'path' ? path.clicks.length : path.kind))).toEqual([
        3,
        'none',
        1,
        3,
        2,
      ]);
      const none = await graph.paths({ from: urlOf('/nowhere'), to: to.slice(0, 1), maxClicks: 9 });
      expect(none).toEqual([{ kind: 'none', complete: true }]);
    });

    it('is not held up by cycles and pages that link themselves', async () => {
      await using harness = await open();
      const { graph } = harness;
      const pages = [
        pageOf('/a', [{ heading: 'A', links: ['/a', '/b'] }]),
        pageOf('/b', [{ heading: 'B', links: ['/b', '/a', '/c'] }]),
        pageOf('/c', [{ heading: 'C', links: ['/c', '/a'] }]),
        pageOf('/island', [{ heading: 'D', links: ['/island'] }]),
      ];
      await saveCrawl(graph, 'crawl', pages);
      expect(await pathTo(graph, '/a', '/c')).toEqual(['To /b', 'To /c']);
      expect(await pathTo(graph, '/c', '/b')).toEqual(['To /a', 'To /b']);
      expect(await pathTo(graph, '/a', '/island')).toEqual({ kind: 'none', complete: true });
    });

    it('goes by redirects and duplicates', async () => {
      await using harness = await open();
      const { graph } = harness;
      const pages = [
        pageOf('/', [{ heading: 'Front', links: ['/old'] }]),
        pageOf('/new', [{ heading: 'New', links: ['/end'] }]),
        pageOf('/end', [{ heading: 'End' }]),
      ];
      await saveCrawl(graph, 'crawl', pages, [alias('/old', '/new'), alias('/start', '/')]);
      expect(await pathTo(graph, '/', '/end')).toEqual(['To /old', 'To /end']);
      expect(await pathTo(graph, '/start', '/old')).toEqual(['To /old']);
    });

    it('prefers two clear clicks to one in the footer, and the footer to three', async () => {
      await using harness = await open();
      const { graph } = harness;
      const footer = {
        heading: 'Footer',
        type: 'footer',
        links: [
          ['/b', 'B below'],
          ['/c', 'C below'],
        ],
      } as const;
      const menu = { heading: 'Menu', type: 'navigation', links: [['/a', 'Part A']] } as const;
      const pages = [
        pageOf('/', [menu, footer]),
        pageOf('/a', [{ heading: 'A', links: [['/b', 'B itself']] }, footer]),
        pageOf('/b', [{ heading: 'B', links: [['/c', 'C itself']] }]),
        pageOf('/c', [{ heading: 'C' }]),
      ];
      await saveCrawl(graph, 'crawl', pages);
      expect(await pathTo(graph, '/', '/b')).toEqual(['Part A', 'B itself']);
      expect(await pathTo(graph, '/', '/c')).toEqual(['C below']);
    });

    it('prefers labels that say something', async () => {
      await using harness = await open();
      const { graph } = harness;
      const links = [
        ['/a', ''],
        ['/a', 'here'],
        ['/a', 'Opening hours'],
      ] as const;
      await saveCrawl(graph, 'crawl', [pageOf('/', [{ heading: 'Front', links }]), pageOf('/a', [])]);
      expect(await pathTo(graph, '/', '/a')).toEqual(['Opening hours']);
    });

    it('prefers labels that say what the page is called, or that lead right to the place', async () => {
      await using harness = await open();
      const { graph } = harness;
      const footer = { heading: 'Footer', type: 'footer', links: [['/c', 'Our history']] } as const;
      const pages = [
        pageOf('/', [{ heading: 'Front', links: [['/b', 'More']] }, footer]),
        pageOf('/b', [{ heading: 'B', links: [['/c#s0', 'the page about the flood']] }]),
        pageOf('/c', [{ heading: 'The flood' }], { title: 'Our history · Library' }),
      ];
      await saveCrawl(graph, 'crawl', pages);
      expect(await pathTo(graph, '/', '/c')).toEqual(['Our history']);
      const two = {
        heading: 'Two',
        links: [
          ['/c', 'Our history'],
          ['/c#s0', 'Water'],
        ],
      } as const;
      await saveCrawl(graph, 'crawl', [pageOf('/d', [two])]);
      const to = [null, 's0'].map((fragment) => ({ url: urlOf('/c'), fragment }));
      const paths = await graph.paths({ from: urlOf('/d'), to, maxClicks: 5 });
      const texts = paths.map((path) =>
        path.kind === 'path' ? path.clicks.map(({ text }) => text) : path.kind,
      );
      expect(texts).toEqual([['Our history'], ['Water']]);
    });

    it('takes a less clear path if the clear one is too long, and says how far it is', async () => {
      await using harness = await open();
      const { graph } = harness;
      const footer = { heading: 'Footer', type: 'footer', links: [['/2', 'Two below']] } as const;
      const [first = pageOf('/0', []), ...rest] = chain(6);
      const pages = [pageOf('/0', [{ heading: 'Page 0', links: ['/1'] }, footer]), ...rest];
      expect(first.url).toBe(urlOf('/0'));
      await saveCrawl(graph, 'crawl', pages);
      expect(await pathTo(graph, '/0', '/2', 2)).toEqual(['To /1', 'To /2']);
      expect(await pathTo(graph, '/0', '/2', 1)).toEqual(['Two below']);
      expect(await pathTo(graph, '/0', '/5', 3)).toEqual({ kind: 'too-far', clicks: 4 });
    });

    it('recognises blocks that most pages repeat', async () => {
      await using harness = await open();
      const { graph } = harness;
      const menu = { heading: 'Menu', links: ['/home'] };
      const pages = Array.from({ length: 6 }, (_, page) =>
        pageOf(`/${page}`, [menu, { heading: `Page ${page}`, links: ['/2'] }]),
      );
      await saveCrawl(graph, 'crawl', [...pages, pageOf('/home', [])]);
      const [path] = await clicksTo(graph, '/3', '/home');
      expect(path).toMatchObject({ repeats: true, section: { heading: 'Menu' } });
      expect((await clicksTo(graph, '/3', '/2'))[0]).toMatchObject({ repeats: false });
    });
  });
}
