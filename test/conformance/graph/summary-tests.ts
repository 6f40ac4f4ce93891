import { describe, expect, it } from 'vitest';
import type { Subject, SubjectQuery, SummaryLevel, SummaryWrite } from '../../../src/model/summary.ts';
import type { GraphStore } from '../../../src/ports/graph-store.ts';
import type { GraphHarness } from './harness.ts';
import { matchesOf, queryOf, whereIs } from './map.ts';
import { detailOf, pageOf, saveCrawl, urlOf } from './pages.ts';

const MENU = { heading: 'Menu', links: ['/a', '/b'] };
const PAGE = { cursor: null, limit: 10 };
const QUERY: SubjectQuery = { level: 'section', variant: 'v1', cursor: null, limit: 100, characters: 1000 };

/** What every graph store promises about summaries. */
export function summaryTests(name: string, open: () => Promise<GraphHarness>): void {
  describe(`graph store: ${name}: summaries`, () => {
    it('lists the text of each section once, however many pages have it', async () => {
      await using harness = await open();
      const { graph } = harness;
      await saveCrawl(graph, 'crawl', [
        pageOf('/a', [MENU, { heading: 'Tides', text: 'High water at noon.' }]),
        pageOf('/b', [MENU, { heading: 'Ferry', text: 'It leaves at nine.' }]),
      ]);
      const subjects = await allSubjects(graph, 'crawl', 'section');
      expect(subjects.map(({ title, text }) => [title, text])).toEqual([
        ['Menu', 'About Menu'],
        ['Tides', 'High water at noon.'],
        ['Ferry', 'It leaves at nine.'],
      ]);
      expect(subjects[0]).toMatchObject({ level: 'section', language: 'en', boilerplate: false });
    });

    it('lists no sections without a text, and no more of a text than was requested', async () => {
      await using harness = await open();
      const { graph } = harness;
      await saveCrawl(graph, 'crawl', [
        pageOf('/a', [
          { heading: 'Empty', text: '' },
          { heading: 'Long', text: 'abcdefghij'.repeat(100) },
        ]),
      ]);
      const { subjects } = await graph.subjects('crawl', { ...QUERY, characters: 12 });
      expect(subjects.map(({ text }) => text)).toEqual(['abcdefghijab']);
    });

    it('goes on after its cursor in lists of any size, with what is stored later too', async () => {
      await using harness = await open();
      const { graph } = harness;
      const page = (path: string) =>
        pageOf(
          path,
          ['one', 'two', 'three'].map((n) => ({ heading: n, text: `Text ${n} of ${path}.` })),
        );
      await saveCrawl(graph, 'crawl', ['/a', '/b'].map(page));
      const first = await allSubjects(graph, 'crawl', 'section', 2);
      expect(first.map(({ text }) => text)).toEqual(
        ['/a', '/b'].flatMap((path) => ['one', 'two', 'three'].map((n) => `Text ${n} of ${path}.`)),
      );
      const { cursor, done } = await graph.subjects('crawl', QUERY);
      expect(done).toBe(true);
      await saveCrawl(graph, 'crawl', [page('/c')]);
      const later = await graph.subjects('crawl', { ...QUERY, cursor });
      expect(later.subjects.map(({ text }) => text)).toEqual(
        ['one', 'two', 'three'].map((n) => `Text ${n} of /c.`),
      );
    });

    it('shows a saved summary wherever its text is, and lists it no more', async () => {
      await using harness = await open();
      const { graph } = harness;
      await saveCrawl(graph, 'crawl', [pageOf('/a', [MENU]), pageOf('/b', [MENU])]);
      await summarise(graph, 'section', 'v1');
      expect(await allSubjects(graph, 'crawl', 'section')).toEqual([]);
      for (const path of ['/a', '/b']) {
        expect((await detailOf(graph, path)).sectionRows[0]?.summary).toBe('Sum of About Menu');
      }
      const outline = await graph.structure(urlOf('/a'), {
        cursor: null,
        limit: 5,
        preview: 5,
        removed: false,
      });
      expect(outline?.pages[0]?.sectionRows[0]?.summary).toBe('Sum of About Menu');
    });

    it('lists what has a summary of another variant, and shows that until there is a new one', async () => {
      await using harness = await open();
      const { graph } = harness;
      await saveCrawl(graph, 'crawl', [pageOf('/a', [MENU])]);
      await summarise(graph, 'section', 'v1');
      await summarise(graph, 'page', 'v1');
      for (const level of ['section', 'page'] as const) {
        const { subjects } = await graph.subjects('crawl', { ...QUERY, level, variant: 'v2' });
        expect(subjects).toHaveLength(1);
      }
      expect((await detailOf(graph, '/a')).sectionRows[0]?.summary).toBe('Sum of About Menu');
    });

    it('summarises a page from what its sections say, menus and footers left out', async () => {
      await using harness = await open();
      const { graph } = harness;
      const written = pageOf('/a', [MENU, { heading: 'Tides', text: 'High water at noon.' }]);
      const [first, ...rest] = written.parsed.sections;
      if (first === undefined) throw new Error('the page has no section');
      const sections = [{ ...first, path: 'navigation' }, ...rest];
      await saveCrawl(graph, 'crawl', [{ ...written, parsed: { ...written.parsed, sections } }]);
      const [before] = await allSubjects(graph, 'crawl', 'page');
      expect(before).toMatchObject({
        level: 'page',
        title: 'Title of /a',
        text: 'Tides: High water at noon.',
      });
      await summarise(graph, 'section', 'v1');
      const [after] = await allSubjects(graph, 'crawl', 'page');
      expect(after?.text).toBe('Tides: Sum of High water at noon.');
    });

    it('forgets the summary of a page whose content has changed, and keeps that of one that has not', async () => {
      await using harness = await open();
      const { graph } = harness;
      await saveCrawl(graph, 'first', [pageOf('/a', [MENU]), pageOf('/b', [MENU])]);
      await summarise(graph, 'page', 'v1', 'first');
      const changed = pageOf('/b', [MENU, { heading: 'News', text: 'Something new.' }]);
      await saveCrawl(graph, 'second', [pageOf('/a', [MENU]), changed]);
      expect((await detailOf(graph, '/a')).summary).toBe('Sum of Menu: About Menu');
      expect((await detailOf(graph, '/b')).summary).toBeNull();
      const open2 = await allSubjects(graph, 'second', 'page');
      expect(open2.map(({ title }) => title)).toEqual(['Title of /b']);
    });

    it('summarises a site from the pages near its root', async () => {
      await using harness = await open();
      const { graph } = harness;
      await saveCrawl(graph, 'crawl', [pageOf('/', [MENU]), pageOf('/a', [MENU], { depth: 1 })]);
      await summarise(graph, 'page', 'v1');
      const [site] = await allSubjects(graph, 'crawl', 'site');
      expect(site).toMatchObject({ level: 'site', title: 'Title of /' });
      expect(site?.text.split('\n')).toEqual([
        'Title of /: Sum of Menu: About Menu',
        'Title of /a: Sum of Menu: About Menu',
      ]);
      await summarise(graph, 'site', 'v1');
      const outline = await graph.structure(urlOf('/a'), {
        cursor: null,
        limit: 5,
        preview: 5,
        removed: false,
      });
      expect(outline?.site.summary).toMatch(/^Sum of Title of \/: /);
    });

    it('summarises a group from its pages, and keeps the summary when the group is found again', async () => {
      await using harness = await open();
      const { graph } = harness;
      const paths = ['/b/3', '/b/1', '/b/2'];
      await saveCrawl(graph, 'crawl', [
        pageOf('/', [MENU]),
        ...paths.map((path) => pageOf(path, [{ heading: 'Ship', text: `About ${path}.` }], { depth: 1 })),
      ]);
      await summarise(graph, 'page', 'v1');
      expect(await allSubjects(graph, 'crawl', 'group')).toEqual([]);
      const layout = {
        template: urlOf('/b/*'),
        fingerprint: (await graph.layouts('crawl', PAGE)).layouts[1]?.fingerprint ?? '',
      };
      const ships = {
        name: 'Ships',
        pattern: urlOf('/b/*'),
        fingerprint: 'f',
        pages: 3,
        layouts: [layout],
        examples: [],
      };
      const empty = { ...ships, name: 'Empty', pattern: '/x/*', layouts: [] };
      await graph.saveAnalysis('crawl', { lists: [], groups: [ships, empty] }, 1);
      expect(await graph.summaryCoverage('crawl', 'v1')).toEqual({ summarised: 4, missing: 7 });
      const groups = await allSubjects(graph, 'crawl', 'group', 1);
      expect(groups.map(({ level, title, text }) => [level, title, text.split('\n')]).sort()).toEqual([
        ['group', 'Empty', ['']],
        ['group', 'Ships', paths.map((path) => `Title of ${path}: Sum of Ship: About ${path}.`)],
      ]);
      await summarise(graph, 'group', 'v1');
      await graph.saveAnalysis('crawl', { lists: [], groups: [ships] }, 2);
      await graph.endAnalysis('crawl', 2);
      const siteOverview = await graph.siteOverview(urlOf('/'), 1);
      expect(siteOverview?.groups.map(({ name, summary }) => [name, summary?.slice(0, 20)])).toEqual([
        ['Ships', 'Sum of Title of /b/3'],
      ]);
      expect(await graph.summaryCoverage('crawl', 'v1')).toEqual({ summarised: 5, missing: 5 });
    });

    it('finds what a summary says in words of its own, as the text of its section or page', async () => {
      await using harness = await open();
      const { graph } = harness;
      const pages = [
        pageOf('/a', [MENU, { heading: 'Tides', text: 'High water at noon.' }]),
        pageOf('/b', [MENU]),
      ];
      await saveCrawl(graph, 'first', pages);
      expect(await matchesOf(graph, 'lighthouse')).toEqual([]);
      const tides = (await allSubjects(graph, 'first', 'section')).find(({ title }) => title === 'Tides');
      const [page] = await allSubjects(graph, 'first', 'page');
      const section = {
        level: 'section',
        id: tides?.id ?? '',
        text: 'When the lighthouse shines.',
        key: 'k1',
      } as const;
      const korean = {
        level: 'page',
        id: page?.id ?? '',
        text: '등대와 물때를 알려 줍니다.',
        key: 'k2',
      } as const;
      await save(graph, 'v1', [section, korean], 'first');
      expect(await matchesOf(graph, 'lighthouse')).toEqual(['/a#s1']);
      expect(await matchesOf(graph, 'lighthuose')).toEqual(['/a#s1']);
      expect(await matchesOf(graph, '등대')).toEqual(['/a']);
      const [hit] = (await graph.match({ query: queryOf('lighthouse water'), site: null })).candidates.filter(
        (candidate) => whereIs(candidate) === '/a#s1',
      );
      expect(hit?.textScores).toEqual([1, 1]);
      await saveCrawl(graph, 'second', pages);
      expect(await matchesOf(graph, '등대')).toEqual(['/a']);
      await saveCrawl(graph, 'third', [pageOf('/a', [MENU])]);
      expect(await matchesOf(graph, '등대')).toEqual([]);
    });

    it('does not look for what was taken from the text itself', async () => {
      await using harness = await open();
      const { graph } = harness;
      await saveCrawl(graph, 'crawl', [pageOf('/a', [MENU])]);
      const [page] = await allSubjects(graph, 'crawl', 'page');
      await save(graph, 'v1', [{ level: 'page', id: page?.id ?? '', text: 'A lighthouse.', key: null }]);
      expect(await matchesOf(graph, 'lighthouse')).toEqual([]);
    });

    it('remembers texts by their key', async () => {
      await using harness = await open();
      const { graph } = harness;
      await saveCrawl(graph, 'crawl', [pageOf('/a', [MENU])]);
      const [subject] = await allSubjects(graph, 'crawl', 'section');
      await save(graph, 'v1', [{ level: 'section', id: subject?.id ?? '', text: 'The menu.', key: 'k1' }]);
      expect([...(await graph.cachedSummaries(['k0', 'k1']))]).toEqual([['k1', 'The menu.']]);
      expect(await graph.cachedSummaries([])).toEqual(new Map());
    });

    it('adds up what a crawl has used, and counts what it has and lacks', async () => {
      await using harness = await open();
      const { graph } = harness;
      await saveCrawl(graph, 'crawl', [pageOf('/', [MENU]), pageOf('/b', [MENU])]);
      expect(await graph.summarySpending('crawl')).toEqual({ made: 0, calls: 0, tokens: 0 });
      expect(await graph.summaryCoverage('crawl', 'v1')).toEqual({ summarised: 0, missing: 4 });
      await summarise(graph, 'section', 'v1');
      await summarise(graph, 'page', 'v1');
      expect(await graph.summarySpending('crawl')).toEqual({ made: 3, calls: 2, tokens: 20 });
      expect(await graph.summaryCoverage('crawl', 'v1')).toEqual({ summarised: 3, missing: 1 });
      await summarise(graph, 'site', 'v1');
      expect(await graph.summaryCoverage('crawl', 'v1')).toEqual({ summarised: 4, missing: 0 });
      expect(await graph.summaryCoverage('crawl', 'v2')).toEqual({ summarised: 0, missing: 4 });
      expect(await graph.summaryCoverage('unknown', 'v1')).toEqual({ summarised: 0, missing: 0 });
    });

    it('accepts an empty summary as a result', async () => {
      await using harness = await open();
      const { graph } = harness;
      await saveCrawl(graph, 'crawl', [pageOf('/a', [MENU])]);
      const [page] = await allSubjects(graph, 'crawl', 'page');
      await save(graph, 'v1', [{ level: 'page', id: page?.id ?? '', text: null, key: null }]);
      expect((await detailOf(graph, '/a')).summary).toBeNull();
      expect(await allSubjects(graph, 'crawl', 'page')).toEqual([]);
    });
  });
}

async function allSubjects(
  graph: GraphStore,
  crawlId: string,
  level: SummaryLevel,
  limit = 100,
): Promise<readonly Subject[]> {
  const all: Subject[] = [];
  for (let cursor: string | null = null; ; ) {
    const list = await graph.subjects(crawlId, { ...QUERY, level, cursor, limit });
    all.push(...list.subjects);
    if (list.done) return all;
    cursor = list.cursor;
  }
}

/** Summarises everything of a level in one call of ten tokens. */
async function summarise(
  graph: GraphStore,
  level: SummaryLevel,
  variant: string,
  crawlId = 'crawl',
): Promise<void> {
  const subjects = await allSubjects(graph, crawlId, level);
  const writes = subjects.map(({ id, text }) => ({ level, id, text: `Sum of ${text}`, key: null }));
  await save(graph, variant, writes, crawlId);
}

async function save(
  graph: GraphStore,
  variant: string,
  writes: readonly SummaryWrite[],
  crawlId = 'crawl',
): Promise<void> {
  const spending = { made: writes.length, calls: 1, tokens: 10 };
  await graph.saveSummaries(crawlId, { variant, writes, spending });
}
