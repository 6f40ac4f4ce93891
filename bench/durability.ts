import type { Stores } from '../src/app/stores.ts';
import { systemClock } from '../src/drivers/system/clock.ts';
import { RedisServer } from '../test/support/redis-server.ts';
import { startChildServer } from './support/child-server.ts';
import { benchOptions, crawlOver } from './support/in-process.ts';
import { MemoryFrontierStore } from './support/memory-frontier/memory-frontier.ts';
import { median } from './support/percentile.ts';
import { atLeast, Report } from './support/report.ts';

const PAGES = 3000;
const ROUNDS = 5;
const SHARE = 0.95;

interface Way {
  readonly name: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly replace: (stores: Stores) => Stores;
}

/** Issue 3, point 6: pages per second of a whole crawl by how durable its frontier is; the ways take turns. */
export async function durability(args: readonly string[]): Promise<Report> {
  const [pages = String(PAGES), rounds = String(ROUNDS)] = args;
  await using site = await startChildServer('generated-server.ts', [pages]);
  await using redis = await RedisServer.start();
  const ways = waysOver(redis.url);
  const rates = new Map(ways.map(({ name }) => [name, [] as number[]]));
  for (let round = 0; round <= Number(rounds); round += 1) {
    for (const way of turned(ways, round)) {
      const rate = await pagesPerSecond(site.origin, Number(pages), way);
      if (round > 0) rates.get(way.name)?.push(rate);
    }
  }
  return reportOf(rates, Number(pages), Number(rounds));
}

function waysOver(redisUrl: string): readonly Way[] {
  const same = (stores: Stores) => stores;
  const inMemory = (stores: Stores) => ({ ...stores, frontiers: new MemoryFrontierStore(systemClock) });
  return [
    { name: 'memory', settings: {}, replace: inMemory },
    { name: 'SQLite', settings: {}, replace: same },
    { name: 'Redis', settings: { REDIS_URL: redisUrl }, replace: same },
  ];
}

/** Each round begins with another way, and so does the one that is not counted and warms everything up. */
function turned(ways: readonly Way[], round: number): readonly Way[] {
  const first = round % ways.length;
  return [...ways.slice(first), ...ways.slice(0, first)];
}

async function pagesPerSecond(
  origin: string,
  pages: number,
  { name, settings, replace }: Way,
): Promise<number> {
  const options = { ...benchOptions(`${origin}/`, 'http', pages), boards: 'all' as const };
  const source = { ...settings, REDIS_NAMESPACE: `bench-${name}-${performance.now().toFixed(0)}` };
  const result = await crawlOver(options, source, replace);
  if (result.pages_crawled !== pages) throw new Error(`${name}: ${result.pages_crawled} of ${pages} pages`);
  return result.pages_per_second;
}

function reportOf(rates: ReadonlyMap<string, readonly number[]>, pages: number, rounds: number): Report {
  const names = [...rates.keys()];
  const medians = [...rates.values()].map(median);
  const [inMemory = Number.NaN] = medians;
  const report = new Report(`crawls of ${pages} pages by plain HTTP, ${rounds} rounds`, names);
  report.tell('pages per second, median', medians);
  report.tell(
    'slowest',
    [...rates.values()].map((all) => Math.min(...all)),
  );
  report.tell(
    'fastest',
    [...rates.values()].map((all) => Math.max(...all)),
  );
  const shares = medians.map((rate) => rate / inMemory);
  report.hold('share of the frontier in memory', shares, [null, atLeast(SHARE), atLeast(SHARE)]);
  return report;
}
