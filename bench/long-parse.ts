import { withDeployment } from '../test/support/deployment/with-deployment.ts';
import { startSite } from '../test/support/fixture-site.ts';
import { slowHtml } from '../test/support/slow-page.ts';
import { atLeast, atMost, Report } from './support/report.ts';

const END_TAGS = 2_000_000;
const LIGHT_PAGES = 20;
const PARSE_SECONDS = 10;
const MAX_SECONDS = 600;

/** One page whose parsing takes more than 10 s of CPU time, in a crawl by two workers (P2 of docs/durability.md). */
export async function longParse([endTags = String(END_TAGS)]: readonly string[]): Promise<Report> {
  const light = Array.from({ length: LIGHT_PAGES }, (_, n) => `/light/${n}`);
  const links = ['/heavy', ...light].map((path) => `<a href="${path}">To ${path}</a>`).join(' ');
  await using site = await startSite({
    '/': `<title>Start</title><p>Start</p>${links}`,
    '/heavy': slowHtml(Number(endTags)),
    ...Object.fromEntries(light.map((path) => [path, `<title>${path}</title><p>Light: ${path}</p>`])),
  });
  const settings = { PARSE_TIMEOUT_SECONDS: String(MAX_SECONDS), NO_PROGRESS_SECONDS: String(MAX_SECONDS) };
  return await withDeployment({ settings }, async ({ client, workers }) => {
    const id = await client.crawl(site.url('/'));
    const heavy = await site.requested(({ path }) => path === '/heavy', MAX_SECONDS * 1000);
    const task = await client.ended(id, MAX_SECONDS * 1000);
    const seconds = (performance.now() - heavy.at) / 1000;
    const ledger = await client.ledger(id);
    const lost = workers.flatMap(({ output }) => output.filter((line) => /is gone|were lost/.test(line)));
    const report = new Report(`a page with ${endTags} stray end tags in a deep image`, ['']);
    report.check('from its visit to the end of the crawl (s)', [seconds], [atLeast(PARSE_SECONDS)]);
    report.check('tasks completed', [task.status === 'completed' ? 1 : 0], [atLeast(1)]);
    report.check('runs of the task that failed', [task.retries], [atMost(0)]);
    report.check('visits of the page', [site.visits('/heavy').length], [atMost(1)]);
    report.check('pages visited again', [ledger.filter(({ attempts }) => attempts > 1).length], [atMost(0)]);
    report.check('pages not done', [ledger.filter(({ state }) => state !== 'done').length], [atMost(0)]);
    report.check('losses that the workers have logged', [lost.length], [atMost(0)]);
    return report;
  });
}
