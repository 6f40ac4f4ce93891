import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createParsePool } from '../pools/parse/parse-pool.ts';
import { Database } from '../src/drivers/sqlite/database.ts';
import { SqliteGraphStore } from '../src/drivers/sqlite/graph-store.ts';
import type { PageWrite } from '../src/ports/graph-store.ts';
import { tempDir } from '../test/support/temp-dir.ts';
import { startChildServer } from './support/child-server.ts';
import { crawlOnce } from './support/crawl-process.ts';
import { documentationFolder, SITES } from './support/debian-docs.ts';
import { median } from './support/percentile.ts';
import { atMost, Report } from './support/report.ts';
import { storedPages } from './support/stored-pages.ts';

const [PYTHON] = SITES;
const BATCH = 32;
/** Share of a crawl's time that the graph may take. */
const MOST_SHARE = 0.1;

/** Tables that take the same rows as the full-text indexes and index nothing. */
const PLAIN_TABLES = `DROP TABLE said_word; DROP TABLE name_index; DROP TABLE said_index;
  CREATE TABLE name_index (title, heading, link); CREATE TABLE said_index (words);
  CREATE TABLE said_word (term, doc, cnt);`;

/**
 * What saving the pages of python3.11-doc in the embedded graph costs, with its full-text index and without, and beside
 * a whole crawl of them by plain HTTP. The store works on a thread of its own: its share of the crawl's time is the most
 * by which it can slow the crawl.
 */
export async function graphCost([rounds = '3']: readonly string[]): Promise<Report> {
  if (PYTHON === undefined) throw new Error('there should be a documentation site');
  const folder = await documentationFolder(PYTHON);
  const crawl = await crawledPaths(folder, PYTHON.start);
  const pages = await parsedPages(folder, crawl.paths);
  const [indexed, plain]: [number[], number[]] = [[], []];
  for (let round = 0; round < Number(rounds); round += 1) {
    indexed.push(await saveSeconds(pages, false));
    plain.push(await saveSeconds(pages, true));
  }
  const report = new Report(`Saving ${pages.length} pages of ${PYTHON.name}`, [
    'seconds',
    'pages/s',
    'share of crawl',
  ]);
  const line = (seconds: number) => [seconds, pages.length / seconds, seconds / crawl.seconds];
  report.tell('a whole crawl', line(crawl.seconds));
  report.hold('saving, with index', line(median(indexed)), [null, null, atMost(MOST_SHARE)]);
  report.tell('saving, without index', line(median(plain)));
  return report;
}

async function crawledPaths(
  folder: string,
  start: string,
): Promise<{ paths: readonly string[]; seconds: number }> {
  await using server = await startChildServer('static-server.ts', [folder]);
  await using storage = await tempDir();
  const result = await crawlOnce(server.origin + start, storage.path, ['--render', 'http']);
  const urls = await storedPages(storage.path, result.task_id);
  return { paths: urls.map((url) => new URL(url).pathname), seconds: result.execution_time };
}

async function parsedPages(folder: string, paths: readonly string[]): Promise<readonly PageWrite[]> {
  const pool = createParsePool({ threads: 1 });
  const scope = { hosts: ['docs.test'], subdomains: false, include: [], exclude: [], hashRoutes: false };
  const pages: PageWrite[] = [];
  for (const path of paths) {
    const url = `http://docs.test${path}`;
    const body = new Uint8Array(await readFile(join(folder, path)));
    const parsed = await pool.parse({ url, body, contentType: 'text/html', charset: 'utf-8', scope });
    pages.push({ url, depth: 1, status: 200, via: 'http', fetchedAt: 1, parsed });
  }
  await pool.close();
  return pages;
}

async function saveSeconds(pages: readonly PageWrite[], isPlain: boolean): Promise<number> {
  await using storage = await tempDir();
  const path = join(storage.path, 'bench.sqlite');
  await (await Database.open(path)).close();
  if (isPlain) {
    using file = new DatabaseSync(path);
    file.exec(PLAIN_TABLES);
  }
  const database = await Database.open(path);
  const graph = new SqliteGraphStore(database);
  await graph.openSite({ url: 'http://docs.test/index.html', crawlId: 'bench', at: 1 });
  const start = performance.now();
  for (let first = 0; first < pages.length; first += BATCH)
    await graph.save('bench', pages.slice(first, first + BATCH), []);
  const seconds = (performance.now() - start) / 1000;
  await database.close();
  return seconds;
}
