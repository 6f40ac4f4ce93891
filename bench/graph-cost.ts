import type { Stores } from '../src/app/stores.ts';
import { neo4jSettings } from '../test/support/neo4j-settings.ts';
import { startChildServer } from './support/child-server.ts';
import { documentationFolder, SITES } from './support/debian-docs.ts';
import { benchNeo4j } from './support/graph-stores.ts';
import { benchOptions, crawlOver } from './support/in-process.ts';
import { nullGraph } from './support/null-graph.ts';
import { median } from './support/percentile.ts';
import { atLeast, Report } from './support/report.ts';

const [PYTHON] = SITES;
const ROUNDS = 5;
/** Warm-up crawls by HTTP: a fresh Neo4j is four times as slow until it has compiled its code. */
const WARM_UPS = 6;
/** Minimum speed, as a share of a crawl without a graph. */
const SHARE = 0.9;
/** More than the site has: its first pages hold most of its links, so a part of it is not representative. */
const MAX_PAGES = 10_000;

type Mode = 'http' | 'browser';

interface Variant {
  readonly name: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly replace: (stores: Stores) => Stores;
}

/**
 * Pages per second of a crawl of python3.11-doc with a graph that stores nothing and with one in each of `stores`. The
 * variants alternate and are compared within each round. Neo4j shares the machine's cores with the crawl.
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
  const variants = await variantsOver(stores.length > 0 ? stores : ['sqlite', 'neo4j'], started);
  const rates = new Map(variants.map(({ name }) => [name, [] as number[]]));
  for (let round = 0; round < WARM_UPS; round += 1)
    for (const variant of variants.slice(1)) await pagesPerSecond({ ...site, mode: 'http' }, variant);
  for (let round = 0; round < Number(rounds); round += 1) {
    for (const variant of [
      ...variants.slice(round % variants.length),
      ...variants.slice(0, round % variants.length),
    ]) {
      rates.get(variant.name)?.push(await pagesPerSecond({ ...site, mode }, variant));
    }
  }
  return reportOf(`crawls of ${PYTHON.name} by ${mode}, ${rounds} rounds`, rates);
}

/** A crawl without a graph, and one for each of the stores. */
async function variantsOver(
  stores: readonly string[],
  started: AsyncDisposableStack,
): Promise<readonly Variant[]> {
  const variants: Variant[] = [
    { name: 'none', settings: {}, replace: (open) => ({ ...open, graph: nullGraph() }) },
  ];
  for (const name of stores) {
    if (name !== 'sqlite' && name !== 'neo4j') throw new Error(`${name} is neither sqlite nor neo4j`);
    const settings = name === 'sqlite' ? {} : neo4jSettings(started.use(await benchNeo4j()));
    variants.push({ name, settings, replace: (open) => open });
  }
  return variants;
}

interface CrawledSite {
  readonly folder: string;
  readonly start: string;
  readonly mode: Mode;
}

/** Each crawl uses a new port, so that every page is new to the map. */
async function pagesPerSecond(
  { folder, start, mode }: CrawledSite,
  { settings, replace }: Variant,
): Promise<number> {
  await using site = await startChildServer('static-server.ts', [folder]);
  const options = { ...benchOptions(site.origin + start, mode, MAX_PAGES), paginatedLists: 'all' as const };
  return (await crawlOver(options, settings, replace)).pagesPerSecond;
}

function reportOf(what: string, rates: ReadonlyMap<string, readonly number[]>): Report {
  const report = new Report(what, [...rates.keys()]);
  const without = rates.get('none') ?? [];
  const shares = [...rates.values()].map((some) => some.map((rate, round) => rate / (without[round] ?? 0)));
  report.add('pages per second, median', [...rates.values()].map(median));
  report.add(
    'least share of the round without a graph',
    shares.map((some) => Math.min(...some)),
  );
  report.check(
    'median share of the round without a graph',
    shares.map(median),
    shares.map((_, variant) => (variant === 0 ? null : atLeast(SHARE))),
  );
  return report;
}
