import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { neo4jMap } from '../../../src/drivers/neo4j/map-store.ts';
import { Neo4jThread } from '../../../src/drivers/neo4j/neo4j-thread.ts';
import type { GraphStore } from '../../../src/ports/graph-store.ts';
import { matchesOf, queryOf } from '../../conformance/graph/map.ts';
import { alias, detailOf, pageOf, SITE, saveCrawl, urlOf } from '../../conformance/graph/pages.ts';
import { graphStoreSuite } from '../../conformance/graph-store.suite.ts';
import { within } from '../../support/within.ts';
import { wipe, withNeo4j } from './neo4j-under-test.ts';

const MENU = { heading: 'Menu', links: ['/a', '/b'] };

await withNeo4j('the map in Neo4j', (under) => {
  async function emptyMap(): Promise<GraphStore> {
    await wipe(under.neo4j);
    return neo4jMap(under.neo4j);
  }

  async function count(pattern: string): Promise<number> {
    const [row] = await under.neo4j.rows<{ count: number }>(`RETURN COUNT { ${pattern} } AS count`);
    return row?.count ?? -1;
  }

  graphStoreSuite('neo4j', async () => ({
    graph: await emptyMap(),
    [Symbol.asyncDispose]: async () => {},
  }));

  describe('the map in Neo4j', () => {
    it('holds a section that repeats over pages once', async () => {
      const graph = await emptyMap();
      const pages = ['/a', '/b', '/c'].map((path) => pageOf(path, [MENU, { heading: path }]));
      await saveCrawl(graph, 'crawl', pages);
      const patterns = [
        '(:SECTION)',
        '(:BLOCK)',
        '(:BLOCK)-[:LINKS]->(:PLACE)',
        '(:ROOT)-[:HAS_PAGE]->(:PAGE)',
      ];
      /** Of the two links of the menu, one leads to the page that was stored first, on which it stands. */
      expect(await Promise.all(patterns.map(count))).toEqual([6, 4, 1, 3]);
    });

    it('distinguishes links in the text from menus once a crawl is finished', async () => {
      const graph = await emptyMap();
      const footer = { heading: 'Footer', type: 'footer', links: ['/c'] } as const;
      const paths = ['/a', '/b', '/c', '/d'];
      const pages = paths.map((path) =>
        pageOf(path, [
          { heading: 'Menu', links: paths },
          { heading: path, links: ['/old', '/old', path, '/nowhere'] },
          footer,
        ]),
      );
      await saveCrawl(graph, 'crawl', pages, [alias('/old', '/b')]);
      const links = () =>
        under.neo4j.rows<{ from: string; to: string; text: string; section: number; count: number }>(
          `MATCH (p)-[l:LINKS_TO]->(to) RETURN p.title AS from, to.title AS to, l.text AS text, l.section AS section,
             l.count AS count ORDER BY from`,
        );
      expect(await links()).toEqual([]);
      const expected = ['/a', '/c', '/d'].map((path) => ({
        from: `Title of ${path}`,
        to: 'Title of /b',
        text: 'To /old',
        section: 1,
        count: 2,
      }));
      await graph.finish('crawl', 2000);
      expect(await links()).toEqual(expected);
      await graph.save('crawl', [pageOf('/a', [footer])], []);
      await graph.finish('crawl', 3000);
      expect(await links()).toEqual(expected.slice(1));
    });

    it('is not written to by queries', async () => {
      const graph = await emptyMap();
      await saveCrawl(graph, 'crawl', [
        pageOf('/', [{ heading: 'Front', links: ['/tides'] }]),
        pageOf('/tides', [{ heading: 'Tide tables', text: 'High and low water.' }]),
      ]);
      const mark = () =>
        under.neo4j.read(async (run, current) => {
          await run('RETURN 1 AS one');
          return current();
        });
      const before = await mark();
      expect(before).not.toEqual([]);
      const misspelt = queryOf('tide tabels');
      await graph.match({ query: misspelt, site: null });
      await graph.search({ query: misspelt, site: urlOf('/tides'), limit: 5 });
      await graph.navigate({ from: urlOf('/'), query: misspelt, maxSteps: 5, alternatives: 2 });
      expect(await mark()).toEqual(before);
    });

    it('takes Cypher in addresses, texts and queries as text', async () => {
      const graph = await emptyMap();
      const cypher = `'}) MATCH (n) DETACH DELETE n //`;
      const page = pageOf(
        '/a',
        [{ heading: cypher, text: `"]-() ${cypher} \\u0027`, links: [['/b', cypher]] }],
        {
          title: `{hash: '${cypher}`,
          description: '$rows `p` {n: 1}',
        },
      );
      await saveCrawl(graph, cypher, [page]);
      expect(await detailOf(graph, '/a')).toMatchObject({
        title: `{hash: '${cypher}`,
        description: '$rows `p` {n: 1}',
        sectionRows: [{ heading: cypher, text: `"]-() ${cypher} \\u0027` }],
        linkRows: [{ text: cypher, url: urlOf('/b') }],
      });
      for (const text of [cypher, 'title:detach^10 OR *', '{!func}1', 'detach AND (', '_exists_:n'])
        await matchesOf(graph, text);
      expect(await graph.page(`${urlOf('/a')}${cypher}`)).toBeNull();
      expect(await graph.locate(cypher)).toBeNull();
      expect(await graph.structure(cypher, { cursor: null, limit: 5, preview: 5 })).toBeNull();
      expect((await graph.counts(cypher)).pages).toBe(1);
    });

    it('is the same whatever several processes write at the same time', async () => {
      const graph = await emptyMap();
      const stores = [graph, neo4jMap(under.neo4j), neo4jMap(under.neo4j)];
      const paths = Array.from({ length: 24 }, (_, n) => `/${n}`);
      const page = (path: string) =>
        pageOf(path, [MENU, { heading: `About ${path}`, text: 'The sea.', links: paths.slice(0, 8) }]);
      await saveCrawl(graph, 'crawl', []);
      await Promise.all(
        stores.flatMap((store, at) =>
          [0, 8, 16].map((first) =>
            store.save('crawl', paths.slice((first + at * 4) % 24, first + at * 4 + 12).map(page), []),
          ),
        ),
      );
      expect(await graph.counts('crawl')).toMatchObject({ pages: 24, sections: 48, links: 24 * 10 });
      const patterns = [
        '(:PAGE)',
        '(:CRAWL)-[:STORED]->()',
        '(:ROOT)-[:HAS_PAGE]->()',
        '(:SECTION)',
        '(:BLOCK)',
      ];
      expect(await Promise.all(patterns.map(count))).toEqual([24, 24, 24, 48, 25]);
      const { words } = await graph.match({ query: queryOf('sea'), site: null });
      expect(words[0]?.documents).toBe(24);
      await graph.finish('crawl', 2000);
      const [word] = await under.neo4j.rows<{ documents: number }>(
        `MATCH (w:WORD {text: 'sea'}) RETURN w.documents AS documents`,
      );
      expect(word?.documents).toBe(24);
    });
  });

  describe('the map in Neo4j, through the thread of its client', () => {
    it('returns what the store does', async () => {
      await wipe(under.neo4j);
      const thread = await Neo4jThread.open(under.address);
      try {
        const { graph } = thread;
        const pages = [
          pageOf('/', [{ heading: 'Front', links: ['/tides'] }]),
          pageOf('/tides', [{ heading: 'Tide tables', text: 'High and low water.' }]),
        ];
        await saveCrawl(graph, 'crawl', pages, [alias('/old', '/tides')]);
        await graph.finish('crawl', 2000);
        expect(await graph.counts('crawl')).toMatchObject({ pages: 2 });
        expect(await graph.locate(urlOf('/old'))).toMatchObject({ url: urlOf('/tides') });
        expect(await graph.cachedSummaries(['none'])).toEqual(new Map());
        const { candidates } = await graph.match({ query: queryOf('tide tables'), site: SITE });
        expect(candidates[0]).toMatchObject({ url: urlOf('/tides') });
        const to = [{ url: urlOf('/tides'), fragment: null }];
        expect(await graph.paths({ from: urlOf('/'), to, maxClicks: 5 })).toMatchObject([
          { kind: 'path', clicks: [{ text: 'To /tides', target: { url: urlOf('/tides') } }] },
        ]);
        await expect(graph.save('unknown', pages, [])).rejects.toMatchObject({
          code: 'storage-failed',
          message: expect.stringContaining('unknown'),
        });
        await thread.ping();
        expect(await thread.id()).toMatch(/^[0-9a-f-]{36}$/);
      } finally {
        await thread.close();
      }
    });

    it('reports a wrong password without showing it', async () => {
      const opening = Neo4jThread.open({
        url: under.address.url,
        username: 'neo4j',
        password: 'wrong-secret',
      });
      const error: unknown = await opening.catch((reason: unknown) => reason);
      expect(error).toMatchObject({ code: 'neo4j-auth' });
      expect(inspect(error, { depth: null, showHidden: true })).not.toContain('wrong-secret');
    });

    it('ends what runs when it is closed, and takes nothing after that', async () => {
      const thread = await Neo4jThread.open(under.address);
      const calls = Promise.all(Array.from({ length: 50 }, () => thread.ping()));
      const closing = thread.close();
      await expect(thread.ping()).rejects.toMatchObject({ code: 'storage-failed' });
      await within('every call has ended', calls, 30_000);
      await within('it is closed', closing, 30_000);
    });
  });
});
