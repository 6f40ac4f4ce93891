import { join } from 'node:path';
import { navigate } from '../src/core/map/navigate.ts';
import { readQuestion } from '../src/core/map/read-question.ts';
import { searchMap } from '../src/core/map/search-map.ts';
import { Database } from '../src/drivers/sqlite/database.ts';
import { SqliteGraphStore } from '../src/drivers/sqlite/graph-store.ts';
import type { GraphStore } from '../src/ports/graph-store.ts';
import { SeededRandom } from '../test/support/seeded-random.ts';
import { tempDir } from '../test/support/temp-dir.ts';
import { linkedPage, nameOf, SITE, urlOf } from './support/linked-pages.ts';

const CRAWL = 'bench';
const BATCH = 32;
const WARM_UP = 20;

/** Time of routes and of searches on a graph of so many pages, each with so many links of its own. */
export async function routes([
  pages = '10000',
  links = '20',
  asked = '200',
]: readonly string[]): Promise<object> {
  await using storage = await tempDir();
  const database = await Database.open(join(storage.path, 'bench.sqlite'));
  const graph = new SqliteGraphStore(database);
  try {
    const saveSeconds = await fill(graph, Number(pages), Number(links));
    const { links: occurrences } = await graph.counts(CRAWL);
    return {
      pages: Number(pages),
      links: occurrences,
      save_seconds: saveSeconds,
      way_ms: await timed(Number(asked), (random) => way(graph, Number(pages), random)),
      navigate_ms: await timed(Number(asked), (random) => ask(graph, Number(pages), random)),
      search_ms: await timed(Number(asked), (random) => search(graph, Number(pages), random)),
    };
  } finally {
    await database.close();
  }
}

async function fill(graph: GraphStore, pages: number, links: number): Promise<number> {
  const start = performance.now();
  await graph.openSite({ url: SITE, crawlId: CRAWL, at: 1 });
  for (let first = 0; first < pages; first += BATCH) {
    const batch = Array.from({ length: Math.min(BATCH, pages - first) }, (_, n) =>
      linkedPage(first + n, pages, links),
    );
    await graph.save(CRAWL, batch, []);
  }
  return Math.round(performance.now() - start) / 1000;
}

async function way(graph: GraphStore, pages: number, random: SeededRandom): Promise<void> {
  const [from, to] = [urlOf(random.below(pages)), urlOf(random.below(pages))];
  const [found] = await graph.ways({ from, to: [{ url: to, fragment: null }], maxClicks: 50 });
  if (found?.kind !== 'way') throw new Error(`there should be a way from ${from} to ${to}`);
}

async function ask(graph: GraphStore, pages: number, random: SeededRandom): Promise<void> {
  const from = await graph.locate(urlOf(random.below(pages)));
  const question = readQuestion(nameOf(random.below(pages)));
  if (from === null || question === null) throw new Error('the page should be there');
  const { status } = await navigate(graph, { from, question, maxSteps: 20, alternatives: 0 });
  if (status !== 'found' && status !== 'here') throw new Error(`the answer is ${status}`);
}

async function search(graph: GraphStore, pages: number, random: SeededRandom): Promise<void> {
  const words = nameOf(random.below(pages)).split(' ').slice(0, 3).join(' ');
  const question = readQuestion(words);
  if (question === null) throw new Error('a name has words');
  const hits = await searchMap(graph, { question, site: SITE, limit: 10 });
  if (hits.length === 0) throw new Error(`nothing was found for ${words}`);
}

async function timed(times: number, work: (random: SeededRandom) => Promise<void>): Promise<object> {
  const random = new SeededRandom(7);
  for (let n = 0; n < WARM_UP; n += 1) await work(random);
  const taken: number[] = [];
  for (let n = 0; n < times; n += 1) {
    const start = performance.now();
    await work(random);
    taken.push(performance.now() - start);
  }
  taken.sort((a, b) => a - b);
  const at = (share: number) => Math.round((taken[Math.floor(times * share)] ?? 0) * 10) / 10;
  return { median: at(0.5), p95: at(0.95), max: Math.round((taken.at(-1) ?? 0) * 10) / 10 };
}
