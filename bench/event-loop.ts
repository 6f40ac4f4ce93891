import { readdir, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { startChildServer } from './support/child-server.ts';
import { documentationFolder, SITES } from './support/debian-docs.ts';
import { benchOptions, crawlHere } from './support/in-process.ts';

/** Overhead of the timer in each reading, in milliseconds. */
const RESOLUTION_MS = 10;
const PAGES = 40;

type Histogram = ReturnType<typeof monitorEventLoopDelay>;

/** Delay of the main thread's event loop while a crawl visits the largest page of a real site and its links. */
export async function eventLoop(): Promise<object> {
  const [site] = SITES;
  if (site === undefined) throw new Error('there is no site');
  const folder = await documentationFolder(site);
  const largest = await largestPage(folder);
  await using server = await startChildServer('static-server.ts', [folder]);
  const url = `${server.origin}/${relative(folder, largest.path)}`;
  const http = await delayOf(() => crawlHere(benchOptions(url, 'http', PAGES)));
  const browser = await delayOf(() => crawlHere(benchOptions(url, 'browser', PAGES)));
  return {
    site: site.name,
    largest_page: relative(folder, largest.path),
    bytes: largest.bytes,
    pages: PAGES,
    http,
    browser,
  };
}

async function delayOf(work: () => Promise<unknown>): Promise<object> {
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  histogram.enable();
  await work();
  histogram.disable();
  return {
    p50_ms: percentile(histogram, 50),
    p99_ms: percentile(histogram, 99),
    max_ms: percentile(histogram, 100),
  };
}

function percentile(histogram: Histogram, share: number): number {
  return Math.round((histogram.percentile(share) / 1e6 - RESOLUTION_MS) * 10) / 10;
}

async function largestPage(folder: string): Promise<{ readonly path: string; readonly bytes: number }> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const pages = entries.filter((entry) => entry.isFile() && entry.name.endsWith('.html'));
  const sized = await Promise.all(
    pages.map(async (entry) => {
      const path = join(entry.parentPath, entry.name);
      return { path, bytes: (await stat(path)).size };
    }),
  );
  return sized.reduce((largest, page) => (page.bytes > largest.bytes ? page : largest));
}
