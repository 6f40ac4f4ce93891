import { withDeployment } from '../test/support/deployment/with-deployment.ts';
import { slowSite } from '../test/support/slow-site.ts';
import { percentile } from './support/percentile.ts';
import { atLeast, atMost, Report } from './support/report.ts';

const PAGES = 60;
const ANSWER_MS = 500;
const LIMIT = 2;
const DELAY_MS = 200;
const WORKERS = 4;
const TASKS = 2;
/** Tolerance between a granted visit and its arrival at the server, on a machine with fewer cores than processes. */
const ARRIVAL_GRAIN_MS = 50;
const MAX_MS = 600_000;

/** One host's limit and delay over 4 workers and 2 tasks, measured in the server's log (P20 of docs/durability.md). */
export async function hostGate([pages = String(PAGES)]: readonly string[]): Promise<Report> {
  await using site = await slowSite(Number(pages), ANSWER_MS);
  return await withDeployment({ workers: WORKERS }, async ({ client }) => {
    const options = { host_concurrency: LIMIT, host_delay_ms: DELAY_MS };
    const ids: string[] = [];
    while (ids.length < TASKS) ids.push(await client.crawl(site.url('/'), options));
    const ended = await Promise.all(ids.map((id) => client.ended(id, MAX_MS)));
    const visits = site.log.filter(({ path }) => path !== '/robots.txt');
    const starts = visits.map(({ at }) => at);
    const gaps = starts.slice(1).map((at, n) => at - (starts[n] ?? 0));
    const span = (starts.at(-1) ?? 0) - (starts[0] ?? 0);
    const report = new Report(
      `${WORKERS} workers, ${TASKS} tasks, at most ${LIMIT} at once and ${DELAY_MS} ms between`,
      [''],
    );
    const shortest = Math.min(...gaps);
    report.add('visits', [visits.length]);
    report.check(
      'pages done',
      [ended.reduce((sum, { counts }) => sum + counts.done, 0)],
      [atLeast(TASKS * Number(pages))],
    );
    report.check(
      'max concurrent visits',
      [Math.max(...visits.map(({ openRequests }) => openRequests))],
      [atMost(LIMIT)],
    );
    report.check(
      'shortest gap between two arrivals (ms)',
      [shortest],
      [atLeast(DELAY_MS - ARRIVAL_GRAIN_MS)],
    );
    report.check('mean gap (ms)', [span / gaps.length], [atLeast(DELAY_MS - ARRIVAL_GRAIN_MS / gaps.length)]);
    report.add('median gap (ms)', [percentile(gaps, 0.5)]);
    return report;
  });
}
