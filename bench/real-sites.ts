import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { tempDir } from '../test/support/temp-dir.ts';
import { startChildServer } from './support/child-server.ts';
import { crawlOnce } from './support/crawl-process.ts';
import { type DocumentationSite, documentationFolder, SITES } from './support/debian-docs.ts';
import { storedPages } from './support/stored-pages.ts';

/** Crawls whole documentation sites in both modes. The pages must be those that `wget -r -l inf` reaches. */
export async function realSites([only]: readonly string[]): Promise<object> {
  const sites = SITES.filter(({ name }) => only === undefined || name === only);
  const figures: object[] = [];
  for (const site of sites) figures.push(await measure(site));
  return { sites: figures };
}

async function measure(site: DocumentationSite): Promise<object> {
  const folder = await documentationFolder(site);
  await using server = await startChildServer('static-server.ts', [folder]);
  const reached = await wgetPages(server.origin + site.start);
  const http = await crawl(server.origin + site.start, 'http', reached);
  const browser = await crawl(server.origin + site.start, 'browser', reached);
  return {
    site: site.name,
    html_files: (await htmlFiles(folder)).length,
    reached_by_wget: reached.size,
    http,
    browser,
  };
}

async function crawl(url: string, mode: string, reached: ReadonlySet<string>): Promise<object> {
  await using storage = await tempDir();
  const result = await crawlOnce(url, storage.path, ['--render', mode]);
  const stored = await storedPages(storage.path, result.task_id);
  const files = stored.map(fileOf);
  const unique = new Set(files);
  return {
    pages: files.length,
    twice: files.length - unique.size,
    missing: [...reached].filter((file) => !unique.has(file)),
    invented: [...unique].filter((file) => !reached.has(file)),
    sections: result.sections,
    links: result.links,
    nodes: result.total_nodes,
    seconds: result.execution_time,
    pages_per_second: result.pages_per_second,
    reasons: result.reasons,
  };
}

/** A page's path as wget would name its file. */
function fileOf(url: string): string {
  const { pathname } = new URL(url);
  return decodeURIComponent(pathname.endsWith('/') ? `${pathname}index.html` : pathname);
}

async function wgetPages(url: string): Promise<ReadonlySet<string>> {
  await using folder = await tempDir();
  const args = ['-r', '-l', 'inf', '-nH', '-q', '-e', 'robots=off', '-P', folder.path, url];
  await new Promise<void>((resolve) => execFile('wget', args, () => resolve()));
  return new Set(await htmlFiles(folder.path));
}

async function htmlFiles(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && entry.name.endsWith('.html'));
  return files.map((entry) => join(entry.parentPath, entry.name).slice(folder.length));
}
