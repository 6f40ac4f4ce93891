import { parseQuery } from '../src/core/map/match.ts';
import type { SearchQuery } from '../src/model/search-query.ts';
import type { GraphStore } from '../src/ports/graph-store.ts';
import { SeededRandom } from '../test/support/seeded-random.ts';
import { openGraphOfBench } from './support/graph-stores.ts';
import { coinedWord, linkedPage, nameOf, SITE, urlOf } from './support/linked-pages.ts';
import { percentile } from './support/percentile.ts';
import { atMost, type Bar, Report } from './support/report.ts';

const CRAWL = 'bench';
const BATCH = 32;
/** Warm-up queries of each kind: a fresh Neo4j still compiles its code. */
const WARM_UP = 100;
const MAX_MS = 50;
const BARS: readonly (Bar | null)[] = [null, atMost(MAX_MS, ' ms'), null, null];

/** Queries by the property that makes them hard for the store. */
const QUERIES: Readonly<Record<string, (random: SeededRandom, pages: number) => string>> = {
  'a name': (random, pages) => nameOf(random.below(pages)),
  'words of many names': (random, pages) => nameOf(random.below(pages)).split(' ').slice(0, 3).join(' '),
  'words of texts': (random) =>
    `${coinedWord(100 + random.below(900))} ${coinedWord(1000 + random.below(9000))}`,
  'misspelt words': (random, pages) => misspelt(nameOf(random.below(pages)), random),
  'a whole sentence': (random, pages) =>
    `how do I get to the ${nameOf(random.below(pages))} and where are its prices and rules`,
  'what is not there': (random) => `zeppelin${random.below(1000)} quantum xylophone`,
};

/** Time of path searches, routes and text searches on a graph of N pages with M links each. */
export async function routes([
  pages = '10000',
  links = '20',
  queries = '200',
  store = 'sqlite',
]: readonly string[]): Promise<Report> {
  await using opened = await openGraphOfBench(store);
  const { graph } = opened;
  const report = new Report(`Routes on ${pages} pages in ${store} (ms)`, [
    'median',
    'p95',
    'max',
    'p95 of CPU',
  ]);
  await fill(graph, Number(pages), Number(links));
  const { links: occurrences } = await graph.counts(CRAWL);
  report.add('links', [occurrences, '', '', '']);
  const kinds = kindsOf(graph, Number(pages));
  for (const work of Object.values(kinds)) await repeat(work, WARM_UP);
  for (const [what, work] of Object.entries(kinds))
    report.check(what, await timed(work, Number(queries)), BARS);
  return report;
}

async function fill(graph: GraphStore, pages: number, links: number): Promise<void> {
  await graph.openSite({ url: SITE, crawlId: CRAWL, at: 1 });
  for (let first = 0; first < pages; first += BATCH) {
    const batch = Array.from({ length: Math.min(BATCH, pages - first) }, (_, n) =>
      linkedPage(first + n, pages, links),
    );
    await graph.save(CRAWL, batch, []);
  }
}

type Work = (random: SeededRandom) => Promise<void>;

/** The repeated queries. */
function kindsOf(graph: GraphStore, pages: number): Readonly<Record<string, Work>> {
  const kinds: Record<string, Work> = { 'path between two pages': (random) => path(graph, random, pages) };
  for (const [what, textOf] of Object.entries(QUERIES)) {
    kinds[`navigate: ${what}`] = async (random) => {
      const from = urlOf(random.below(pages));
      const query = queryOf(textOf(random, pages));
      const found = await graph.navigate({ from, query, maxSteps: 20, alternatives: 0 });
      if (found === null) throw new Error(`${from} should be on the map`);
    };
    kinds[`search: ${what}`] = async (random) => {
      await graph.search({ query: queryOf(textOf(random, pages)), site: SITE, limit: 10 });
    };
  }
  return kinds;
}

async function path(graph: GraphStore, random: SeededRandom, pages: number): Promise<void> {
  const [from, to] = [urlOf(random.below(pages)), urlOf(random.below(pages))];
  const [found] = await graph.paths({ from, to: [{ url: to, fragment: null }], maxClicks: 50 });
  if (found?.kind !== 'path') throw new Error(`there should be a path from ${from} to ${to}`);
}

async function repeat(work: Work, times: number): Promise<void> {
  const random = new SeededRandom(5);
  for (let n = 0; n < times; n += 1) await work(random);
}

/**
 * Median, 95th percentile and maximum in milliseconds, and the 95th percentile of the CPU time of all threads, which
 * estimates the time on an idle machine.
 */
async function timed(work: Work, times: number): Promise<readonly number[]> {
  const random = new SeededRandom(7);
  const taken: number[] = [];
  const computed: number[] = [];
  for (let n = 0; n < times; n += 1) {
    const [start, cpu] = [performance.now(), process.cpuUsage()];
    await work(random);
    taken.push(performance.now() - start);
    const { user, system } = process.cpuUsage(cpu);
    computed.push((user + system) / 1000);
  }
  const figures = [percentile(taken, 0.5), percentile(taken, 0.95), Math.max(...taken)];
  return [...figures, percentile(computed, 0.95)].map((ms) => Math.round(ms * 10) / 10);
}

function queryOf(text: string): SearchQuery {
  const query = parseQuery(text);
  if (query === null) throw new Error(`“${text}” is an empty query`);
  return query;
}

/** Two letters swapped in each longer word. */
function misspelt(text: string, random: SeededRandom): string {
  return text
    .split(' ')
    .map((word) => {
      if (word.length < 5 || /\d/.test(word)) return word;
      const at = 1 + random.below(word.length - 2);
      return word.slice(0, at) + (word[at + 1] ?? '') + (word[at] ?? '') + word.slice(at + 2);
    })
    .join(' ');
}
