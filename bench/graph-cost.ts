import type { Stores } from '../src/app/stores.ts';
import { neo4jSettings } from '../test/support/neo4j-settings.ts';
import { startChildServer } from './support/child-server.ts';
import { documentationFolder, SITES } from './support/debian-docs.ts';
import { forgetfulGraph } from './support/forgetful-graph.ts';
import { benchNeo4j } from './support/graph-stores.ts';
import { benchOptions, crawlOver } from './support/in-process.ts';
import { median } from './support/percentile.ts';
import { atLeast, Report } from './support/report.ts';

const [PYTHON] = SITES;
const ROUNDS = 5;
/**
 * Crawls by HTTP before any is timed: a Neo4j that was just started takes four times as long, until it has compiled what it
 * runs.
 */
const WARM_UPS = 6;
/** Of the pages per second of a crawl without a graph. */
const SHARE = 0.9;
/** More than the site has: its first pages have most of its links, so that a part of it would not tell. */
const MAX_PAGES = 10_000;

type Mode = 'http' | 'browser';

interface LinkPath {
  readonly name: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly replace: (stores: Stores) => Stores;
}

/**
 * Issue 4, point 2: pages per second of a crawl of python3.11-doc with a graph that forgets everything and with one in
 * each of `stores`; the ways take turns, and each is compared within its round. Neo4j shares the machine's cores with the
 * crawl.
 */
export async function graphCost([
  rounds = String(ROUNDS),
  mode = 'http',
  ...stores
]: readonly string[]): Promise<Report> {
  if (mode !== 'http' && mode !== 'browser') throw new Error(`${mode} is neither http nor browser`);
  if (PYTHON === undefined) throw new Error('there should be a documentation site');
  const site = { folder: await documentationFolder(PYTHON), start: PYTHON.start };
  await using started = new AsyncDisposableStack();
  const ways = await pathsOver(stores.length > 0 ? stores : ['sqlite', 'neo4j'], started);
  const rates = new Map(ways.map(({ name }) => [name, [] as number[]]));
  for (let round = 0; round < WARM_UPS; round += 1)
    for (const way of ways.slice(1)) await pagesPerSecond({ ...site, mode: 'http' }, way);
  for (let round = 0; round < Number(rounds); round += 1) {
    for (const way of [...ways.slice(round % ways.length), ...ways.slice(0, round % ways.length)]) {
      rates.get(way.name)?.push(await pagesPerSecond({ ...site, mode }, way));
    }
  }
  return reportOf(`crawls of ${PYTHON.name} by ${mode}, ${rounds} rounds`, rates);
}

/** A crawl without a graph, and one for each of the stores. */
async function pathsOver(
  stores: readonly string[],
  started: AsyncDisposableStack,
): Promise<readonly LinkPath[]> {
  const ways: LinkPath[] = [
    { name: 'none', settings: {}, replace: (open) => ({ ...open, graph: forgetfulGraph() }) },
  ];
  for (const name of stores) {
    if (name !== 'sqlite' && name !== 'neo4j') throw new Error(`${name} is neither sqlite nor neo4j`);
    const settings = name === 'sqlite' ? {} : neo4jSettings(started.use(await benchNeo4j()));
    ways.push({ name, settings, replace: (open) => open });
  }
  return ways;
}

interface CrawledSite {
  readonly folder: string;
  readonly start: string;
  readonly mode: Mode;
}

/** On a port of its own, so that every page is new to every map. */
async function pagesPerSecond(
  { folder, start, mode }: CrawledSite,
  { settings, replace }: LinkPath,
): Promise<number> {
  await using site = await startChildServer('static-server.ts', [folder]);
  const options = { ...benchOptions(site.origin + start, mode, MAX_PAGES), paginatedLists: 'all' as const };
  return (await crawlOver(options, settings, replace)).pagesPerSecond;
}

function reportOf(what: string, rates: ReadonlyMap<string, readonly number[]>): Report {
  const report = new Report(what, [...rates.keys()]);
  const without = rates.get('none') ?? [];
  const shares = [...rates.values()].map((some) => some.map((rate, round) => rate / (without[round] ?? 0)));
  report.tell('pages per second, median', [...rates.values()].map(median));
  report.tell(
    'least share of the round without a graph',
    shares.map((some) => Math.min(...some)),
  );
  report.hold(
    'median share of the round without a graph',
    shares.map(median),
    shares.map((_, way) => (way === 0 ? null : atLeast(SHARE))),
  );
  return report;
}
