import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { SummaryReport } from '../../src/model/task-result.ts';

const LAUNCH = join(import.meta.dirname, '..', '..', 'src', 'launch.mjs');

export interface CrawlOutput {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CrawlProcess {
  readonly child: ChildProcess;
  readonly ended: Promise<CrawlOutput>;
}

/** Starts the crawl command as a process of its own, with its own process group. */
export function startCrawl(
  url: string,
  storageDir: string,
  flags: readonly string[],
  env: Readonly<Record<string, string>> = {},
): CrawlProcess {
  const args = [LAUNCH, 'crawl', url, '--storage-dir', storageDir, '--json', ...flags];
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
    env: { ...process.env, ...env },
  });
  return { child, ended: collect(child) };
}

/** Runs the crawl command to its end. Resolves with the JSON that it printed. Rejects if it fails. */
export async function crawlOnce(
  url: string,
  storageDir: string,
  flags: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<CrawlJson> {
  const { exitCode, stdout, stderr } = await startCrawl(url, storageDir, flags, env).ended;
  if (exitCode !== 0) throw new Error(`the crawl ended with ${exitCode}: ${stderr}`);
  return JSON.parse(stdout) as CrawlJson;
}

export interface CrawlJson {
  readonly task_id: string;
  readonly status: string;
  readonly pages_crawled: number;
  readonly pages_failed: number;
  readonly pages_skipped: number;
  readonly sections: number;
  readonly links: number;
  readonly total_nodes: number;
  readonly execution_time: number;
  readonly pages_per_second: number;
  readonly reasons: Readonly<Record<string, number>>;
  readonly summaries?: SummaryReport;
}

async function collect(child: ChildProcess): Promise<CrawlOutput> {
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (chunk) => (stdout += chunk));
  child.stderr?.on('data', (chunk) => (stderr += chunk));
  const [exitCode, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  return { exitCode, signal, stdout, stderr };
}
