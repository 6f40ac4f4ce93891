import { OpenAiServer } from '../test/support/openai-server.ts';
import { tempDir } from '../test/support/temp-dir.ts';
import { startChildServer } from './support/child-server.ts';
import { type CrawlJson, crawlOnce } from './support/crawl-process.ts';
import { documentationFolder, SITES } from './support/debian-docs.ts';

const SITE = 'python3.11-doc';
const FLAGS = ['--render', 'http', '--no-sitemap'] as const;
/** Maximum number of calls per section. */
const CALLS_PER_SECTION = 0.1;
/** Minimum speed of a crawl with extractive summaries, as a share of one without. */
const SPEED_KEPT = 0.95;

/**
 * Crawls Python's documentation with a model behind a local server, twice over the same store, and counts the calls.
 * Then alternates crawls with and without extractive summaries and compares the speeds. Exits with 1 if a bar is missed.
 */
export async function summaries([rounds = '3']: readonly string[]): Promise<object> {
  const site = SITES.find(({ name }) => name === SITE);
  if (site === undefined) throw new Error(`${SITE} is not among the sites`);
  const folder = await documentationFolder(site);
  await using server = await startChildServer('static-server.ts', [folder]);
  const model = await byModel(server.origin + site.start);
  const own = await byRules(server.origin + site.start, Number(rounds));
  const missed = [
    ...(model.calls_per_section > CALLS_PER_SECTION ? ['calls per section'] : []),
    ...(model.calls_second_crawl > 0 ? ['calls of the second crawl'] : []),
    ...(own.speed_kept < SPEED_KEPT ? ['speed kept'] : []),
  ];
  if (missed.length > 0) process.exitCode = 1;
  return { model, own, missed };
}

async function byModel(url: string) {
  await using storage = await tempDir();
  await using server = await OpenAiServer.start();
  const env = { OPENAI_API_KEY: 'bench', OPENAI_BASE_URL: server.baseUrl, OPENAI_MODEL: 'bench-model' };
  const first = await crawlOnce(url, storage.path, [...FLAGS, '--summarize'], env);
  const calls = server.calls.length;
  const texts = server.calls.reduce((sum, call) => sum + call.texts.length, 0);
  const second = await crawlOnce(url, storage.path, [...FLAGS, '--summarize'], env);
  return {
    pages: first.pages_crawled,
    sections: first.sections,
    calls,
    calls_per_section: calls / first.sections,
    texts_asked_for: texts,
    seconds: first.execution_time,
    summaries: first.summaries,
    calls_second_crawl: server.calls.length - calls,
    summaries_second_crawl: second.summaries,
  };
}

async function byRules(url: string, rounds: number) {
  const speeds: { without: number[]; with: number[] } = { without: [], with: [] };
  let last: CrawlJson | null = null;
  for (let round = 0; round < rounds; round += 1) {
    speeds.without.push((await crawlFresh(url, [])).pages_per_second);
    last = await crawlFresh(url, ['--summarize']);
    speeds.with.push(last.pages_per_second);
  }
  return {
    pages_per_second: speeds,
    speed_kept: median(speeds.with) / median(speeds.without),
    summaries: last?.summaries,
  };
}

async function crawlFresh(url: string, flags: readonly string[]): Promise<CrawlJson> {
  await using storage = await tempDir();
  return crawlOnce(url, storage.path, [...FLAGS, ...flags], { OPENAI_API_KEY: '' });
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
