import { firstClaim } from '../test/support/frontiers/claim-elsewhere.ts';
import { completePages, fill, openCrawl, visit } from '../test/support/frontiers/frontier-load.ts';
import { type MeasuredStore, STORES } from '../test/support/frontiers/frontier-stores.ts';
import { measureCrawlee } from './support/crawlee-queue.ts';
import { percentile } from './support/percentile.ts';
import { atLeast, atMost, Report } from './support/report.ts';

const SMALL = 10_000;
const LARGE = 1_000_000;
/** Crawlee's queue stores a file per URL: above this number the bench measures the disk, not the queue. */
const MAX_OF_CRAWLEE = 20_000;
const CLAIMS = 3000;
/** Claims before the measurement, so that code and caches are warm. */
const WARM_UP = 500;
const COMPLETED = 3200;
const MEGABYTE = 1024 * 1024;

/** A frontier of N URLs in SQLite and Redis, compared with Crawlee's own queue (P5, P6 of docs/durability.md). */
export async function frontier([size = String(LARGE)]: readonly string[]): Promise<Report> {
  const urls = Number(size);
  const sqlite = await measure('SQLite', urls);
  const redis = await measure('Redis', urls);
  const peer = Math.min(urls, MAX_OF_CRAWLEE);
  const crawlee = await measureCrawlee(peer, Math.min(peer, CLAIMS));
  const report = new Report(`frontier of ${urls.toLocaleString('en')} URLs`, [
    'SQLite',
    'Redis',
    `Crawlee's queue (${peer.toLocaleString('en')} URLs)`,
  ]);
  const both = (name: keyof Figures) => [sqlite[name], redis[name]];
  const rates = [...both('addsPerSecond'), crawlee.addsPerSecond];
  report.check('URLs added per second', rates, [atLeast(50_000), atLeast(30_000)]);
  const [p50, p99] = [percentile(crawlee.claims, 0.5), percentile(crawlee.claims, 0.99)];
  report.add(`claim p50 at ${SMALL} (ms)`, [...both('smallP50'), '']);
  report.add(`claim p50 at ${urls} (ms)`, [...both('largeP50'), p50]);
  report.add(`claim p99 at ${SMALL} (ms)`, [...both('smallP99'), '']);
  report.add(`claim p99 at ${urls} (ms)`, [...both('largeP99'), p99]);
  const ratio = [sqlite.largeP99 / sqlite.smallP99, redis.largeP99 / redis.smallP99];
  report.check('claim p99, large to small', [...ratio, ''], [atMost(1.5), atMost(1.5)]);
  report.add('pages completed per second', [...both('completedPerSecond'), crawlee.handledPerSecond]);
  report.check('bytes of the store per URL', [...both('bytesPerUrl'), ''], [null, atMost(300)]);
  report.check(
    'start of a process to its first claim (ms)',
    [...both('firstClaimMs'), ''],
    [atMost(2000), atMost(2000)],
  );
  report.add('resident memory of that process (MB)', [...both('resumedMb'), '']);
  const growth = [...both('growthMb'), crawlee.growthBytes / MEGABYTE];
  report.check('growth of our memory over all this (MB)', growth, [atMost(200), atMost(200)]);
  return report;
}

interface Figures {
  readonly addsPerSecond: number;
  readonly smallP50: number;
  readonly smallP99: number;
  readonly largeP50: number;
  readonly largeP99: number;
  readonly completedPerSecond: number;
  readonly bytesPerUrl: number;
  readonly firstClaimMs: number;
  readonly resumedMb: number;
  readonly growthMb: number;
}

/** The small and the large frontier have one store each, so that neither slows down the other. */
async function measure(driver: keyof typeof STORES, urls: number): Promise<Figures> {
  await using small = await made(driver);
  await using large = await made(driver);
  const crawls = { small: await openCrawl(small.store), large: await openCrawl(large.store) };
  await fill(crawls.small, SMALL);
  const [rss, bytes] = [process.memoryUsage.rss(), await large.bytes()];
  const addsPerSecond = urls / (await fill(crawls.large, urls));
  const bytesPerUrl = ((await large.bytes()) - bytes) / urls;
  const first = await firstClaim(large.address);
  const times = { small: [] as number[], large: [] as number[] };
  for (let n = -WARM_UP; n < Math.min(CLAIMS, SMALL / 2, urls / 2); n += 1) {
    const [ofSmall, ofLarge] = [await visit(crawls.small), await visit(crawls.large)];
    if (n < 0) continue;
    times.small.push(ofSmall);
    times.large.push(ofLarge);
  }
  return {
    addsPerSecond,
    smallP50: percentile(times.small, 0.5),
    smallP99: percentile(times.small, 0.99),
    largeP50: percentile(times.large, 0.5),
    largeP99: percentile(times.large, 0.99),
    completedPerSecond: await completePages(crawls.large, Math.min(COMPLETED, urls / 4)),
    bytesPerUrl,
    firstClaimMs: first.ms,
    resumedMb: first.bytes / MEGABYTE,
    growthMb: (process.memoryUsage.rss() - rss) / MEGABYTE,
  };
}

async function made(driver: string): Promise<MeasuredStore> {
  const make = STORES[driver];
  if (make === undefined) throw new Error(`there is no driver ${driver}`);
  return make();
}
