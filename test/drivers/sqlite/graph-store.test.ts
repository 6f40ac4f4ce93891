import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { SqliteFrontierStore } from '../../../src/drivers/sqlite/frontier.ts';
import { NO_LIMITS } from '../../conformance/frontier/harness.ts';
import { pageOf, saveCrawl } from '../../conformance/graph/pages.ts';
import { graphStoreSuite } from '../../conformance/graph-store.suite.ts';
import { SimulatedClock } from '../../support/simulated-clock.ts';
import { TemporaryStorage } from './storage.ts';

graphStoreSuite('sqlite', async () => {
  const storage = await TemporaryStorage.open();
  return {
    graph: storage.database.service('graph'),
    [Symbol.asyncDispose]: () => storage[Symbol.asyncDispose](),
  };
});

describe('the map in the SQLite file', () => {
  it('holds a section that repeats over pages once', async () => {
    await using storage = await TemporaryStorage.open();
    const menu = { heading: 'Menu', links: ['/a', '/b'] };
    const pages = ['/a', '/b', '/c'].map((path) => pageOf(path, [menu, { heading: path }]));
    await saveCrawl(storage.database.service('graph'), 'crawl', pages);
    using file = new DatabaseSync(storage.path, { readOnly: true });
    const count = (table: string) => file.prepare(`SELECT count(*) AS rows FROM ${table}`).get()?.['rows'];
    expect([count('section'), count('block'), count('block_link')]).toEqual([6, 4, 2]);
  });

  it('shows the pages of a dropped crawl under no other crawl', async () => {
    await using storage = await TemporaryStorage.open();
    const graph = storage.database.service('graph');
    const frontiers = new SqliteFrontierStore(storage.database, new SimulatedClock());
    await frontiers.open('old', NO_LIMITS);
    await saveCrawl(graph, 'old', [pageOf('/a', [{ heading: 'A' }])]);
    await frontiers.drop('old');
    await frontiers.open('new', NO_LIMITS);
    await saveCrawl(graph, 'new', []);
    expect(await graph.counts('new')).toMatchObject({ pages: 0 });
    expect(await graph.page('http://site.test/a')).not.toBeNull();
  });

  it('runs a call that reads in many steps as a whole, whatever is called meanwhile', async () => {
    await using storage = await TemporaryStorage.open();
    const graph = storage.database.service('graph');
    const pages = Array.from({ length: 30 }, (_, n) => pageOf(`/${n}`, [{ heading: 'Before' }]));
    await saveCrawl(graph, 'crawl', pages);
    const changed = pages.map(({ url }) => pageOf(new URL(url).pathname, [{ heading: 'After' }]));
    const reading = graph.pageDetails('crawl', { cursor: null, limit: 30 });
    const writing = graph.save('crawl', changed, []);
    const read = await reading;
    await writing;
    const headings = read.pages.flatMap(({ sectionRows }) => sectionRows.map(({ heading }) => heading));
    expect(new Set(headings)).toEqual(new Set(['Before']));
  });
});
