import type { Stores } from '../src/app/stores.ts';
import { systemClock } from '../src/drivers/system/clock.ts';
import { RedisServer } from '../test/support/redis-server.ts';
import { startChildServer } from './support/child-server.ts';
import { documentationFolder, SITES } from './support/debian-docs.ts';
import { benchOptions, crawlOver } from './support/in-process.ts';
import { MemoryFrontierStore } from './support/memory-frontier/memory-frontier.ts';
import { median } from './support/percentile.ts';
import { atLeast, Report } from './support/report.ts';

const PAGES = 3000;
const ROUNDS = 5;
const SHARE = 0.95;
const [PYTHON] = SITES;
/** Number of pages that `bench -- real-sites` checks against wget. */
const PYTHON_PAGES = 526;
const MAX_PAGES = 100_000;

interface Variant {
  readonly name: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly replace: (stores: Stores) => Stores;
}

interface CrawledSite extends AsyncDisposable {
  readonly url: string;
  /** Pages that a crawl stores. */
  readonly pages: number;
}

/**
 * Pages per second of a whole crawl by the durability of its frontier; the variants alternate. The site is generated, of
 * many tiny pages, where overhead weighs most; or `docs`, a real one. Bar: 0.95 of a frontier in memory.
 */
export async function durability(args: readonly string[]): Promise<Report> {
  const [pages = String(PAGES), rounds = String(ROUNDS)] = args;
  await using site = await (pages === 'docs' ? documentation() : tinyPages(Number(pages)));
  await using redis = await RedisServer.start();
  const variants = variantsOver(redis.url);
  const rates = new Map(variants.map(({ name }) => [name, [] as number[]]));
  for (let round = 0; round <= Number(rounds); round += 1) {
    for (const variant of turned(variants, round)) {
      const rate = await pagesPerSecond(site, variant);
      if (round > 0) rates.get(variant.name)?.push(rate);
    }
  }
  return reportOf(rates, site.pages, Number(rounds));
}

async function tinyPages(pages: number): Promise<CrawledSite> {
  const server = await startChildServer('generated-server.ts', [String(pages)]);
  return { url: `${server.origin}/`, pages, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

async function documentation(): Promise<CrawledSite> {
  if (PYTHON === undefined) throw new Error('there should be a documentation site');
  const server = await startChildServer('static-server.ts', [await documentationFolder(PYTHON)]);
  const url = server.origin + PYTHON.start;
  return { url, pages: PYTHON_PAGES, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

function variantsOver(redisUrl: string): readonly Variant[] {
  const same = (stores: Stores) => stores;
  const inMemory = (stores: Stores) => ({ ...stores, frontiers: new MemoryFrontierStore(systemClock) });
  return [
    { name: 'memory', settings: {}, replace: inMemory },
    { name: 'SQLite', settings: {}, replace: same },
    { name: 'Redis', settings: { REDIS_URL: redisUrl }, replace: same },
  ];
}

/** Each round starts with another variant. The first round warms up and does not count. */
function turned(variants: readonly Variant[], round: number): readonly Variant[] {
  const first = round % variants.length;
  return [...variants.slice(first), ...variants.slice(0, first)];
}

async function pagesPerSecond(site: CrawledSite, { name, settings, replace }: Variant): Promise<number> {
  const options = { ...benchOptions(site.url, 'http', MAX_PAGES), paginatedLists: 'all' as const };
  const source = { ...settings, REDIS_NAMESPACE: `bench-${name}-${performance.now().toFixed(0)}` };
  const { pagesCrawled: pages, pagesPerSecond: rate } = await crawlOver(options, source, replace);
  if (pages !== site.pages) throw new Error(`${name}: ${pages} of ${site.pages} pages`);
  return rate;
}

/** Per round, because the machine's speed varies between rounds. */
function sharesOf(rates: readonly number[], whole: readonly number[]): readonly number[] {
  return rates.map((rate, round) => rate / (whole[round] ?? Number.NaN));
}

function reportOf(rates: ReadonlyMap<string, readonly number[]>, pages: number, rounds: number): Report {
  const names = [...rates.keys()];
  const [inMemory = []] = [...rates.values()];
  const report = new Report(`crawls of ${pages} pages by plain HTTP, ${rounds} rounds`, names);
  report.add('pages per second, median', [...rates.values()].map(median));
  report.add(
    'slowest',
    [...rates.values()].map((all) => Math.min(...all)),
  );
  report.add(
    'fastest',
    [...rates.values()].map((all) => Math.max(...all)),
  );
  const shares = [...rates.values()].map((all) => median(sharesOf(all, inMemory)));
  report.check('share of the frontier in memory', shares, [null, atLeast(SHARE), atLeast(SHARE)]);
  return report;
}
