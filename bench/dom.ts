import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type FoundBrowser, findBrowser } from '../pools/browser/find-browser.ts';
import { listen } from '../src/app/listen.ts';
import { createDemoSite } from '../src/demo/demo-site.ts';
import { EXPECTED_PAGES } from '../src/demo/expected.ts';
import { type Compared, DomComparison, type PageComparison } from '../test/support/dom-comparison.ts';
import { startChildServer } from './support/child-server.ts';
import { documentationFolder, SITES } from './support/debian-docs.ts';
import { atLeast, atMost, Report } from './support/report.ts';

const CACHE = join(import.meta.dirname, '..', 'node_modules', '.cache', 'waymark');
const COLUMNS = ['python3.11-doc', 'demo site', 'demo, scripts run'];
const FOUND = atLeast(99.5, ' %');
const INVENTED = atMost(0);
/** Maximum number of differences in the report. */
const MAX_REPORTED = 20;

/**
 * Compares the parser's links and headings with Chromium's own DOM, page by page: for the documentation as served, and
 * for the demo site as served and after its scripts ran. `LIMIT` is the maximum number of pages per site.
 */
export async function dom([limit = '']: readonly string[]): Promise<Report> {
  const maxPages = limit === '' ? Number.POSITIVE_INFINITY : Number(limit);
  const browser = await findBrowser({
    executablePath: process.env['CHROMIUM_PATH'] ?? null,
    path: process.env['PATH'] ?? '',
    cacheDir: CACHE,
  });
  const sites = [await documentation(browser, maxPages), ...(await demoSite(browser, maxPages))];
  const report = new Report('links and headings against the DOM of Chromium', COLUMNS);
  report.add(
    'pages',
    sites.map((pages) => pages.length),
  );
  reportKind(report, sites, 'links');
  reportKind(report, sites, 'headings');
  reportDifferences(sites.flat());
  return report;
}

type Kind = 'links' | 'headings';

async function documentation(browser: FoundBrowser, maxPages: number): Promise<readonly PageComparison[]> {
  const [site] = SITES;
  if (site === undefined) throw new Error('there should be a documentation site');
  const folder = await documentationFolder(site);
  await using server = await startChildServer('static-server.ts', [folder]);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && entry.name.endsWith('.html'));
  const paths = files.map((entry) => join(entry.parentPath, entry.name).slice(folder.length)).toSorted();
  return await compareAll(
    browser,
    false,
    paths.slice(0, maxPages).map((path) => server.origin + path),
  );
}

async function demoSite(
  browser: FoundBrowser,
  maxPages: number,
): Promise<readonly (readonly PageComparison[])[]> {
  const demo = await listen(createDemoSite().fetch, '127.0.0.1', 0);
  try {
    const urls = EXPECTED_PAGES.slice(0, maxPages).map(({ path }) => demo.origin + path);
    return [await compareAll(browser, false, urls), await compareAll(browser, true, urls)];
  } finally {
    await demo.close();
  }
}

async function compareAll(
  browser: FoundBrowser,
  javaScript: boolean,
  urls: readonly string[],
): Promise<readonly PageComparison[]> {
  await using comparison = await DomComparison.open(browser, javaScript);
  const pages: PageComparison[] = [];
  for (const url of urls) pages.push(await comparison.compare(url));
  return pages;
}

function reportKind(report: Report, sites: readonly (readonly PageComparison[])[], kind: Kind): void {
  const sums = sites.map((pages) => {
    const compared = pages.map((page): Compared => page[kind]);
    return {
      expected: sum(compared.map(({ expected }) => expected)),
      missing: sum(compared.map(({ missing }) => missing.length)),
      invented: sum(compared.map(({ invented }) => invented.length)),
    };
  });
  report.add(
    kind,
    sums.map(({ expected }) => expected),
  );
  report.check(
    `${kind} found, %`,
    sums.map(({ expected, missing }) => (100 * (expected - missing)) / expected),
    sums.map(() => FOUND),
  );
  report.check(
    `${kind} invented`,
    sums.map(({ invented }) => invented),
    sums.map(() => INVENTED),
  );
}

function reportDifferences(pages: readonly PageComparison[]): void {
  const lines = pages.flatMap(({ url, links, headings }) =>
    [links, headings].flatMap(({ missing, invented }) => [
      ...missing.map((item) => `missing   ${item}  on ${url}`),
      ...invented.map((item) => `invented  ${item}  on ${url}`),
    ]),
  );
  for (const line of lines.slice(0, MAX_REPORTED)) process.stderr.write(`${line}\n`);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, number) => all + number, 0);
}
