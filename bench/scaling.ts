import { withDeployment } from '../test/support/deployment/with-deployment.ts';
import { slowSite } from '../test/support/slow-site.ts';
import { atLeast, Report } from './support/report.ts';

const RESPONSE_MS = 300;
const PAGES_PER_WORKER = 300;
/** Pages that each worker fetches at once: few, so that the response time dominates. */
const AT_ONCE = 2;
const HELP = new Map([
  [2, 1.9],
  [8, 7],
]);
const MAX_MS = 600_000;

/** Pages per second of one crawl by 1, 2 and 8 workers on a site that responds after 300 ms. */
export async function scaling([perWorker = String(PAGES_PER_WORKER)]: readonly string[]): Promise<Report> {
  const counts = [1, ...HELP.keys()];
  const rates: number[] = [];
  for (const workers of counts) rates.push(await pagesPerSecond(workers, Number(perWorker) * workers));
  const report = new Report(
    `a site that responds after ${RESPONSE_MS} ms, ${AT_ONCE} concurrent pages per worker`,
    counts.map((workers) => `${workers} workers`),
  );
  report.add(
    'pages of the crawl',
    counts.map((workers) => Number(perWorker) * workers),
  );
  report.add('pages per second', rates);
  const [one = Number.NaN] = rates;
  const bars = counts
    .map((workers) => HELP.get(workers))
    .map((bar) => (bar === undefined ? null : atLeast(bar)));
  report.check(
    'times one worker',
    rates.map((rate) => rate / one),
    bars,
  );
  return report;
}

/** From the first visit to the last, including the time until workers notice the crawl. */
async function pagesPerSecond(workers: number, pages: number): Promise<number> {
  await using site = await slowSite(pages, RESPONSE_MS);
  const settings = { HTTP_CONCURRENCY: String(AT_ONCE), HOST_CONCURRENCY: '64', TASK_CONCURRENCY: '1' };
  return await withDeployment({ workers, settings }, async ({ client }) => {
    const id = await client.crawl(site.url('/'), { host_concurrency: 64 });
    const { status, counts } = await client.ended(id, MAX_MS);
    if (status !== 'completed' || counts.done !== pages)
      throw new Error(`${status} with ${counts.done} pages`);
    const visits = site.log.filter(({ path }) => path !== '/robots.txt').map(({ at }) => at);
    return visits.length / (((visits.at(-1) ?? 0) - (visits[0] ?? 0) + RESPONSE_MS) / 1000);
  });
}
