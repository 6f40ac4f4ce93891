import type { Discovery, Frontier, FrontierStore } from '../src/ports/frontier.ts';
import { type MeasuredStore, STORES } from './support/frontier-stores.ts';

const SMALL = 10_000;
const LARGE = 100_000;
/** URLs that one page brings. */
const BATCH = 500;
const CLAIMS = 3000;
/** Claims before the measurement, so that code and caches are warm. */
const WARM_UP = 500;
const LEASE_MS = 600_000;
const MEGABYTE = 1024 * 1024;

/** Adding to, claiming from and reopening a frontier of N URLs, and a small one beside it, in SQLite and in Redis. */
export async function frontier([size = String(LARGE)]: readonly string[]): Promise<object> {
  const figures: Record<string, object> = {};
  for (const [name, open] of Object.entries(STORES)) {
    await using measured = await open();
    figures[name] = await measure(measured, Number(size));
  }
  return { urls: Number(size), small_urls: SMALL, batch: BATCH, ...figures };
}

async function measure(measured: MeasuredStore, size: number): Promise<object> {
  const rss = process.memoryUsage.rss();
  await fill(await openCrawl(measured.store, 'warm-up'), SMALL);
  await measured.store.drop('warm-up');
  const small = await openCrawl(measured.store, 'small');
  await fill(small, SMALL);
  const bytes = await measured.bytes();
  const large = await openCrawl(measured.store, 'large');
  const seconds = await fill(large, size);
  const bytesPerUrl = Math.round(((await measured.bytes()) - bytes) / size);
  await measured.reopen();
  const reopened = performance.now();
  const [smallAgain, largeAgain] = [
    await openCrawl(measured.store, 'small'),
    await openCrawl(measured.store, 'large'),
  ];
  await visit(largeAgain);
  const firstClaimMs = performance.now() - reopened;
  const times = await claimTimes(smallAgain, largeAgain);
  return {
    added_per_second: Math.round(size / seconds),
    bytes_per_url: bytesPerUrl,
    first_claim_after_reopen_ms: rounded(firstClaimMs),
    claim_small: percentiles(times.small),
    claim_large: percentiles(times.large),
    process_growth_mb: Math.round((process.memoryUsage.rss() - rss) / MEGABYTE),
  };
}

function openCrawl(store: FrontierStore, crawlId: string): Promise<Frontier> {
  return store.open(crawlId, { maxPages: null, maxUrls: 10_000_000, maxDepth: null });
}

/** Adds URLs as pages of a site bring them; answers the seconds it took. */
async function fill(crawl: Frontier, size: number): Promise<number> {
  const start = performance.now();
  for (let from = 0; from < size; from += BATCH) {
    await crawl.add(Array.from({ length: Math.min(BATCH, size - from) }, (_, i) => discovery(from + i)));
  }
  return (performance.now() - start) / 1000;
}

/** One of a site's pages, five hundred of which are found on each page. */
function discovery(n: number): Discovery {
  return {
    url: urlOf(n),
    host: 'docs.example.org',
    depth: Math.floor(Math.log10(n + 1)) + 1,
    by: 'link',
    foundOn: n === 0 ? null : urlOf(Math.floor(n / BATCH)),
  };
}

/** 65 characters. */
function urlOf(n: number): string {
  const number = String(n).padStart(8, '0');
  return `https://docs.example.org/library/chapter-${number.slice(0, 5)}/page-${number}.html`;
}

/** Milliseconds of each claim, taken in turns so that the machine's moods meet both. */
async function claimTimes(
  small: Frontier,
  large: Frontier,
): Promise<{ readonly small: number[]; readonly large: number[] }> {
  const times = { small: [] as number[], large: [] as number[] };
  for (let n = 0; n < WARM_UP; n += 1) for (const crawl of [small, large]) await visit(crawl);
  for (let n = 0; n < CLAIMS; n += 1) {
    times.small.push(await visit(small));
    times.large.push(await visit(large));
  }
  return times;
}

/** Claims a page and settles it; answers the milliseconds of the claim. */
async function visit(crawl: Frontier): Promise<number> {
  const start = performance.now();
  const answer = await crawl.claim({ owner: 'bench', leaseMs: LEASE_MS, exceptHosts: [] });
  const ms = performance.now() - start;
  if (answer.kind !== 'page') throw new Error(`there should be a page, not ${answer.kind}`);
  const { claim } = answer;
  await crawl.complete([{ kind: 'done', claim, finalUrl: claim.url, finalHost: claim.host, links: [] }]);
  return ms;
}

function percentiles(times: readonly number[]): object {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) => rounded(sorted[Math.floor(sorted.length * share)] ?? Number.NaN);
  return { p50_ms: at(0.5), p99_ms: at(0.99) };
}

function rounded(ms: number): number {
  return Math.round(ms * 100) / 100;
}
