import { readFile } from 'node:fs/promises';
import { tempDir } from '../test/support/temp-dir.ts';
import { startChildServer } from './support/child-server.ts';
import { startCrawl } from './support/crawl-process.ts';

/** The first crawl warms up the engine's heaps; only later growth counts. */
const SIZES = [500, 5000, 20_000];
const TEXT_BYTES = 20_000;
const SAMPLE_MS = 250;
const KILOBYTES_PER_MEGABYTE = 1024;

/** Memory of the crawling process for a small and a large site of the same pages. */
export async function memory([mode = 'http']: readonly string[]): Promise<object> {
  const runs: MemoryRun[] = [];
  for (const pages of SIZES) runs.push(await measure(pages, mode));
  const growth = runs.slice(1).map((run, index) => growthPerThousand(runs[index] ?? run, run));
  return { mode, runs, growth_mb_per_1000_pages: growth };
}

function growthPerThousand(small: MemoryRun, large: MemoryRun): number {
  const perPage = (large.median_mb - small.median_mb) / (large.pages - small.pages);
  return Math.round(perPage * 100_000) / 100;
}

interface MemoryRun {
  readonly pages: number;
  readonly seconds: number;
  /** Resident memory of the crawling process, without its browsers, over the second half of the run. */
  readonly median_mb: number;
  readonly peak_mb: number;
}

async function measure(pages: number, mode: string): Promise<MemoryRun> {
  await using server = await startChildServer('generated-server.ts', [
    String(pages),
    '0',
    String(TEXT_BYTES),
  ]);
  await using storage = await tempDir();
  const { child, ended } = startCrawl(`${server.origin}/`, storage.path, [
    '--render',
    mode,
    '--max-pages',
    String(pages),
  ]);
  const samples: number[] = [];
  const sample = async () => samples.push(await residentMegabytes(await crawlerOf(child.pid ?? 0)));
  const timer = setInterval(() => void sample(), SAMPLE_MS);
  const { exitCode, stdout, stderr } = await ended;
  clearInterval(timer);
  if (exitCode !== 0) throw new Error(`the crawl ended with ${exitCode}: ${stderr}`);
  const result = JSON.parse(stdout) as { readonly pages_crawled: number; readonly execution_time: number };
  if (result.pages_crawled !== pages) throw new Error(`crawled ${result.pages_crawled} of ${pages} pages`);
  const sorted = samples
    .filter(Number.isFinite)
    .slice(samples.length >> 1)
    .sort((a, b) => a - b);
  return {
    pages,
    seconds: result.execution_time,
    median_mb: sorted[sorted.length >> 1] ?? 0,
    peak_mb: sorted.at(-1) ?? 0,
  };
}

/** The launcher's only child is the process that crawls. */
async function crawlerOf(launcher: number): Promise<number> {
  const children = await readFile(`/proc/${launcher}/task/${launcher}/children`, 'utf8').catch(() => '');
  return Number(children.trim().split(' ')[0]);
}

async function residentMegabytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const kilobytes = Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? Number.NaN);
  return Math.round(kilobytes / KILOBYTES_PER_MEGABYTE);
}
