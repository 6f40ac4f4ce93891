import { describe, expect, it } from 'vitest';
import type { GraphHarness } from './harness.ts';
import { matchesOf, queryOf, whereIs } from './map.ts';
import { alias, pageOf, SITE, saveCrawl, urlOf } from './pages.ts';

const TIDES = { heading: 'Tide tables', text: 'Tide tables When the sea is high at the quay.' };
const BOOKS = { heading: 'Late books', text: 'Late books Nothing happens for six weeks.' };

/** What a store promises for searches. */
export function searchTests(name: string, open: () => Promise<GraphHarness>): void {
  describe(`graph store: ${name}: search`, () => {
    it('finds titles, headings, descriptions, texts and texts of links', async () => {
      await using harness = await open();
      const { graph } = harness;
      const pages = [
        pageOf('/', [
          {
            heading: 'Front',
            links: [
              ['/b', 'Where we began'],
              ['/a#s1', 'Overdue'],
            ],
          },
        ]),
        pageOf('/a', [TIDES, BOOKS], { title: 'Questions', description: 'What visitors wonder about' }),
        pageOf('/b', [{ heading: 'A crate' }], { title: 'History' }),
      ];
      await saveCrawl(graph, 'crawl', pages);
      expect(await matchesOf(graph, 'history')).toContain('/b');
      expect(await matchesOf(graph, 'tide')).toContain('/a#s0');
      expect(await matchesOf(graph, 'visitors wonder')).toContain('/a');
      expect(await matchesOf(graph, 'quay')).toContain('/a#s0');
      expect(await matchesOf(graph, 'where we began')).toContain('/b');
      expect(await matchesOf(graph, 'overdue')).toContain('/a#s1');
      expect(await matchesOf(graph, 'zebra')).toEqual([]);
    });

    it('reports what matched where', async () => {
      await using harness = await open();
      const { graph } = harness;
      const front = pageOf('/', [{ heading: 'Front', links: [['/a#s1', 'Overdue']] }], { depth: 0 });
      await saveCrawl(graph, 'crawl', [front, pageOf('/a', [TIDES, BOOKS], { depth: 1 })]);
      const { words, candidates, documents } = await graph.match({
        query: queryOf('books overdue in weeks'),
        site: SITE,
      });
      expect(documents).toBeGreaterThan(3);
      expect(words.map(({ forms }) => forms[0]?.likeness)).toEqual([1, 1, 1, 1]);
      const books = candidates.find((candidate) => whereIs(candidate) === '/a#s1');
      expect(books).toMatchObject({
        url: urlOf('/a'),
        title: 'Title of /a',
        description: null,
        language: 'en',
        depth: 1,
        section: { order: 1, type: 'section', heading: 'Late books', anchor: 's1', path: 'main/section[2]' },
        headings: ['Late books'],
        linkTexts: ['Overdue'],
        snippet: BOOKS.text,
      });
      expect(books?.textScores).toEqual([1, 0, 0, 1]);
    });

    it('matches words in other forms and in wrong spelling', async () => {
      await using harness = await open();
      const { graph } = harness;
      await saveCrawl(graph, 'crawl', [pageOf('/a', [TIDES, BOOKS], { title: 'Opening hours' })]);
      for (const text of ['opening hour', 'openning huors', 'OPENING', 'pening', 'late boks', 'tidal tabels'])
        expect(await matchesOf(graph, text), text).not.toEqual([]);
      const { words } = await graph.match({ query: queryOf('huors'), site: null });
      expect(words[0]?.forms.map(({ text }) => text)).toEqual(['huors', 'hours']);
      expect(words[0]?.forms[1]?.likeness).toBeLessThan(1);
    });

    it('finds all words with a beginning, however many there are', async () => {
      await using harness = await open();
      const { graph } = harness;
      const endings = [...'abcdefghijkl'];
      const pages = endings.map((end) =>
        pageOf(`/${end}`, [{ heading: 'One', text: `One of the lantern${end}${end}${end} and tide${end}` }]),
      );
      pages.push(pageOf('/none', [{ heading: 'One', text: 'One of the lanyards' }]));
      await saveCrawl(graph, 'crawl', pages);
      expect(await matchesOf(graph, 'lantern')).toHaveLength(endings.length);
      expect(await matchesOf(graph, 'lanternaaa')).toEqual(['/a#s0']);
      expect(await matchesOf(graph, 'lantern tideb')).toContain('/b#s0');
    });

    it('finds Korean words inside others, short ones, and misspelt ones', async () => {
      await using harness = await open();
      const { graph } = harness;
      const pages = [
        pageOf(
          '/ko',
          [{ heading: '책 반납하기', text: '책 반납하기 문이 닫힌 뒤에는 파란 반납함을 이용하세요.' }],
          {
            title: '솔트미어도서관',
          },
        ),
        pageOf('/en', [{ heading: 'Books' }], { title: '차 문화' }),
      ];
      await saveCrawl(graph, 'crawl', pages);
      for (const text of ['도서관', '솔트미어', '솔트미여도서관'])
        expect(await matchesOf(graph, text), text).toEqual(['/ko']);
      for (const text of ['책', '반납', '책을 반납하려면', '반납함', '이용'])
        expect(await matchesOf(graph, text), text).toEqual(['/ko#s0']);
      expect(await matchesOf(graph, '차')).toEqual(['/en']);
    });

    it('reads a query as words, whatever query language it is in', async () => {
      await using harness = await open();
      const { graph } = harness;
      await saveCrawl(graph, 'crawl', [pageOf('/a', [TIDES, BOOKS])]);
      const texts = [
        `tide" OR "1`,
        'tide*',
        'heading:tide',
        'NEAR(tide tables)',
        `tide'; DROP TABLE page; --`,
        'MATCH (n) DETACH DELETE n RETURN tide',
        'tide AND NOT tables',
        '+tide -tables ~9 [a TO z] /.*/ \\',
        '%tide_',
      ];
      for (const text of texts) expect(await matchesOf(graph, text), text).toContain('/a#s0');
      for (const text of ['%', '_', '"', '*'].map((sign) => `차${sign}`)) await matchesOf(graph, text);
      expect((await graph.counts('crawl')).pages).toBe(1);
    });

    it('does not find what a page textScores before', async () => {
      await using harness = await open();
      const { graph } = harness;
      const before = pageOf('/a', [TIDES, { heading: 'Go', links: [['/b', 'Departures']] }], {
        title: 'Old name',
        description: 'Old words',
      });
      await saveCrawl(graph, 'crawl', [before, pageOf('/b', [BOOKS])]);
      expect(await matchesOf(graph, 'departures')).toEqual(['/b']);
      await graph.save('crawl', [pageOf('/a', [{ heading: 'Fog' }], { title: 'New name' })], []);
      for (const text of ['tide', 'old', 'quay', 'departures'])
        expect(await matchesOf(graph, text), text).toEqual([]);
      expect(await matchesOf(graph, 'fog')).toEqual(['/a#s0']);
      expect(await matchesOf(graph, 'new name')).toEqual(['/a']);
    });

    it('searches one site or all', async () => {
      await using harness = await open();
      const { graph } = harness;
      await saveCrawl(graph, 'one', [pageOf('/a', [TIDES])]);
      const other = 'http://other.test/';
      await graph.openSite({ url: other, crawlId: 'two', at: 1 });
      await graph.save('two', [{ ...pageOf('/a', [TIDES]), url: other }], []);
      expect(await matchesOf(graph, 'tide', SITE)).toEqual(['/a#s0']);
      expect(await matchesOf(graph, 'tide', other)).toEqual([`${other}#s0`]);
      expect(await matchesOf(graph, 'tide', null)).toEqual(['/a#s0', `${other}#s0`]);
      expect(await matchesOf(graph, 'tide', 'http://unknown.test/')).toEqual([]);
    });

    it('finds a text on one site however many pages of another site have it', async () => {
      await using harness = await open();
      const { graph } = harness;
      const pages = Array.from({ length: 60 }, (_, page) => pageOf(`/${page}`, [TIDES]));
      await saveCrawl(graph, 'one', pages);
      const other = 'http://other.test/';
      await graph.openSite({ url: other, crawlId: 'two', at: 1 });
      await graph.save('two', [{ ...pageOf('/a', [TIDES]), url: other }], []);
      expect(await matchesOf(graph, 'quay', other)).toEqual([`${other}#s0`]);
    });

    it('keeps a page in every site that has it', async () => {
      await using harness = await open();
      const { graph } = harness;
      await saveCrawl(graph, 'one', [pageOf('/', [BOOKS]), pageOf('/part', [TIDES])]);
      await graph.openSite({ url: urlOf('/part'), crawlId: 'two', at: 1 });
      await graph.save('two', [pageOf('/part', [TIDES])], []);
      expect(await matchesOf(graph, 'tide', SITE)).toEqual(['/part#s0']);
      expect((await graph.locate(urlOf('/part')))?.sites).toEqual([SITE, urlOf('/part')]);
    });

    it('locates pages and what leads to them', async () => {
      await using harness = await open();
      const { graph } = harness;
      await saveCrawl(graph, 'one', [pageOf('/a', [TIDES])], [alias('/old', '/a')]);
      const there = { url: urlOf('/a'), title: 'Title of /a', language: 'en', sites: [SITE] };
      expect(await graph.locate(urlOf('/a'))).toEqual(there);
      expect(await graph.locate(urlOf('/old'))).toEqual(there);
      expect(await graph.locate(urlOf('/b'))).toBeNull();
    });
  });
}
