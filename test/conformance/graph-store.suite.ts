import { describe, expect, it } from 'vitest';
import type { PageWrite } from '../../src/model/page.ts';
import { aliasTests } from './graph/alias-tests.ts';
import { exportTests } from './graph/export-tests.ts';
import type { GraphHarness } from './graph/harness.ts';
import { historyTests } from './graph/history-tests.ts';
import { inLinkTests } from './graph/in-link-tests.ts';
import { overviewTests } from './graph/overview-tests.ts';
import { alias, allPages, detailOf, pageOf, SITE, saveCrawl, urlOf } from './graph/pages.ts';
import { pathTests } from './graph/path-tests.ts';
import { searchTests } from './graph/search-tests.ts';
import { structureTests } from './graph/structure-tests.ts';
import { summaryTests } from './graph/summary-tests.ts';

const MENU = { heading: 'Menu', links: ['/', '/a', '/b#top'] };
const NEWS = { heading: 'News', text: 'Nothing new.', links: ['/a'] };

/** What every driver of the graph store promises. */
export function graphStoreSuite(name: string, open: () => Promise<GraphHarness>): void {
  describe(`graph store: ${name}`, () => {
    it('gives a page back with its sections and links', async () => {
      await using harness = await open();
      const { graph } = harness;
      const written = pageOf('/a', [MENU, NEWS], { depth: 2, status: 203, via: 'browser', fetchedAt: 7000 });
      await saveCrawl(graph, 'crawl', [written]);
      const page = await detailOf(graph, '/a');
      expect(page).toMatchObject({
        url: urlOf('/a'),
        title: 'Title of /a',
        description: null,
        language: 'en',
        depth: 2,
        status: 203,
        via: 'browser',
        contentHash: written.parsed.contentHash,
        fetchedAt: 7000,
        sections: 2,
        links: 4,
        summary: null,
      });
      const about = {
        type: 'section',
        label: null,
        summary: null,
        id: expect.stringMatching(/./),
        firstSeen: 7000,
        lastSeen: 7000,
      };
      expect(page.sectionRows).toEqual([
        { ...about, order: 0, path: 'main/section[1]', heading: 'Menu', anchor: 's0', text: 'About Menu' },
        { ...about, order: 1, path: 'main/section[2]', heading: 'News', anchor: 's1', text: 'Nothing new.' },
      ]);
      expect(page.linkRows).toEqual([
        { url: SITE, fragment: '', text: 'To /', role: 'link', section: 0 },
        { url: urlOf('/a'), fragment: '', text: 'To /a', role: 'link', section: 0 },
        { url: urlOf('/b'), fragment: 'top', text: 'To /b#top', role: 'link', section: 0 },
        { url: urlOf('/a'), fragment: '', text: 'To /a', role: 'link', section: 1 },
      ]);
    });

    it('has no pages that were only linked, and no crawls that never were', async () => {
      await using harness = await open();
      const { graph } = harness;
      await saveCrawl(graph, 'crawl', [pageOf('/', [MENU])]);
      expect(await graph.page(urlOf('/b'))).toBeNull();
      expect(await graph.page('http://unknown.test/')).toBeNull();
      expect(await graph.counts('unknown')).toEqual({ pages: 0, sections: 0, links: 0, nodes: 0 });
      expect(await graph.pages('unknown', { cursor: null, limit: 5 })).toEqual({ pages: [], next: null });
    });

    it('counts root, pages, sections and occurrences of links', async () => {
      await using harness = await open();
      const { graph } = harness;
      await saveCrawl(graph, 'crawl', [pageOf('/', [MENU]), pageOf('/a', [MENU, NEWS])]);
      expect(await graph.counts('crawl')).toEqual({ pages: 2, sections: 3, links: 7, nodes: 1 + 2 + 3 });
    });

    it('counts the other hosts of a crawl among its nodes', async () => {
      await using harness = await open();
      const { graph } = harness;
      const other = (path: string): PageWrite => ({
        ...pageOf(path, [NEWS]),
        url: `http://news.site.test${path}`,
      });
      await saveCrawl(graph, 'crawl', [pageOf('/', [MENU]), other('/1'), other('/2')]);
      await saveCrawl(graph, 'later', [pageOf('/', [MENU])]);
      expect(await graph.counts('crawl')).toMatchObject({ pages: 3, sections: 3, nodes: 1 + 1 + 3 + 3 });
      expect(await graph.counts('later')).toMatchObject({ pages: 1, sections: 1, nodes: 1 + 1 + 1 });
    });

    it('is not changed by saving the same again', async () => {
      await using harness = await open();
      const { graph } = harness;
      const pages = [pageOf('/', [MENU]), pageOf('/a', [MENU, NEWS])];
      const aliases = [alias('/old', '/a')];
      const id = await saveCrawl(graph, 'crawl', pages, aliases);
      const before = [
        await graph.counts('crawl'),
        await allPages(graph, 'crawl'),
        await detailOf(graph, '/a'),
      ];
      expect(await saveCrawl(graph, 'crawl', [...pages, ...pages], aliases)).toBe(id);
      expect([
        await graph.counts('crawl'),
        await allPages(graph, 'crawl'),
        await detailOf(graph, '/a'),
      ]).toEqual(before);
    });

    it('replaces the sections of a page whose content has changed', async () => {
      await using harness = await open();
      const { graph } = harness;
      await saveCrawl(graph, 'crawl', [pageOf('/a', [MENU, NEWS, { heading: 'Gone', links: ['/gone'] }])]);
      const [menu] = (await detailOf(graph, '/a')).sectionRows;
      await graph.save(
        'crawl',
        [pageOf('/a', [MENU, { ...NEWS, text: 'All is new.' }], { fetchedAt: 2000 })],
        [],
      );
      const page = await detailOf(graph, '/a');
      expect(page.sectionRows.map(({ heading, text }) => [heading, text])).toEqual([
        ['Menu', 'About Menu'],
        ['News', 'All is new.'],
      ]);
      expect(page.sectionRows[0]?.id).toBe(menu?.id);
      expect(page).toMatchObject({ sections: 2, links: 4, fetchedAt: 2000 });
      expect(page.linkRows.map(({ url }) => url)).not.toContain(urlOf('/gone'));
      expect(await graph.counts('crawl')).toEqual({ pages: 1, sections: 2, links: 4, nodes: 4 });
    });

    it('shows a section that repeats on every page that has it', async () => {
      await using harness = await open();
      const { graph } = harness;
      await saveCrawl(graph, 'crawl', [pageOf('/a', [MENU, NEWS]), pageOf('/b', [NEWS, MENU])]);
      await graph.save('crawl', [pageOf('/a', [NEWS])], []);
      const [a, b] = [await detailOf(graph, '/a'), await detailOf(graph, '/b')];
      expect(a.sectionRows.map(({ heading }) => heading)).toEqual(['News']);
      expect(b.sectionRows.map(({ heading }) => heading)).toEqual(['News', 'Menu']);
      expect(b.linkRows.map(({ section }) => section)).toEqual([0, 1, 1, 1]);
      const ids = [...a.sectionRows, ...b.sectionRows].map(({ id }) => id);
      expect(new Set(ids).size).toBe(3);
    });

    it('leads from an alias to its page, and links too', async () => {
      await using harness = await open();
      const { graph } = harness;
      const pages = [pageOf('/', [{ heading: 'Front', links: ['/old', '/a'] }]), pageOf('/a', [NEWS])];
      await saveCrawl(graph, 'crawl', pages, [alias('/old', '/a'), alias('/a', '/a')]);
      expect(await detailOf(graph, '/old')).toEqual(await detailOf(graph, '/a'));
      expect((await detailOf(graph, '/')).linkRows.map(({ url }) => url)).toEqual([urlOf('/a'), urlOf('/a')]);
      expect((await graph.counts('crawl')).pages).toBe(2);
    });

    it('takes an alias for a page again once it is one', async () => {
      await using harness = await open();
      const { graph } = harness;
      await saveCrawl(graph, 'one', [pageOf('/a', [NEWS])], [alias('/old', '/a')]);
      await saveCrawl(graph, 'two', [pageOf('/old', [MENU])]);
      expect((await detailOf(graph, '/old')).title).toBe('Title of /old');
    });

    it('lists the pages of a crawl in the order in which they were stored, by pages', async () => {
      await using harness = await open();
      const { graph } = harness;
      await saveCrawl(
        graph,
        'crawl',
        ['/c', '/a', '/b'].map((path) => pageOf(path, [NEWS])),
      );
      const first = await graph.pages('crawl', { cursor: null, limit: 2 });
      await graph.save('crawl', [pageOf('/c', [MENU]), pageOf('/d', [NEWS])], []);
      const rest = await graph.pages('crawl', { cursor: first.next, limit: 10 });
      expect([...first.pages, ...rest.pages].map(({ url }) => url)).toEqual(
        ['/c', '/a', '/b', '/d'].map(urlOf),
      );
      expect(rest.next).toBeNull();
      expect((await allPages(graph, 'crawl')).map(({ url }) => url)).toEqual(
        ['/c', '/a', '/b', '/d'].map(urlOf),
      );
      await expect(graph.pages('crawl', { cursor: 'x', limit: 2 })).rejects.toMatchObject({
        code: 'bad-cursor',
      });
    });

    it('keeps two crawls of a site in one map, each with its own pages', async () => {
      await using harness = await open();
      const { graph } = harness;
      const first = await saveCrawl(graph, 'one', [pageOf('/', [MENU]), pageOf('/a', [NEWS])]);
      const ids = (await detailOf(graph, '/a')).sectionRows.map(({ id }) => id);
      const second = await saveCrawl(graph, 'two', [
        pageOf('/a', [{ ...NEWS, text: 'New.' }]),
        pageOf('/b', []),
      ]);
      expect(second).toBe(first);
      expect((await allPages(graph, 'one')).map(({ url }) => url)).toEqual([SITE, urlOf('/a')]);
      expect((await allPages(graph, 'two')).map(({ url }) => url)).toEqual([urlOf('/a'), urlOf('/b')]);
      const page = await detailOf(graph, '/a');
      expect(page.sectionRows.map(({ id, text }) => [id, text])).toEqual([[ids[0], 'New.']]);
      expect((await graph.counts('two')).pages).toBe(2);
    });

    it('keeps sites apart', async () => {
      await using harness = await open();
      const { graph } = harness;
      const one = await graph.openSite({ url: SITE, crawlId: 'one', at: 1 });
      const two = await graph.openSite({ url: 'http://other.test/', crawlId: 'two', at: 2 });
      expect(one).not.toBe(two);
    });

    it('sets the depth of pages to the clicks from the root when a crawl is finished', async () => {
      await using harness = await open();
      const { graph } = harness;
      const pages = [
        pageOf('/', [{ heading: 'Front', links: ['/old', '/c'] }], { depth: 0 }),
        pageOf('/a', [{ heading: 'A', links: ['/b', '/'] }], { depth: 4 }),
        pageOf('/b', [{ heading: 'B', links: ['/c'] }], { depth: 9 }),
        pageOf('/c', [{ heading: 'C' }], { depth: 3 }),
        pageOf('/island', [{ heading: 'D' }], { depth: 1 }),
      ];
      await saveCrawl(graph, 'crawl', pages, [alias('/old', '/a')]);
      const depths = async () => (await allPages(graph, 'crawl')).map(({ depth }) => depth);
      expect(await depths()).toEqual([0, 4, 9, 3, 1]);
      await graph.finish('crawl', 2000);
      expect(await depths()).toEqual([0, 1, 2, 1, 1]);
      await graph.finish('crawl', 2000);
      expect(await depths()).toEqual([0, 1, 2, 1, 1]);
    });
  });
  aliasTests(name, open);
  overviewTests(name, open);
  historyTests(name, open);
  exportTests(name, open);
  searchTests(name, open);
  pathTests(name, open);
  structureTests(name, open);
  inLinkTests(name, open);
  summaryTests(name, open);
}
