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
/** From the moment when a visit is let in to its arrival at the server: a machine with more to do than cores needs it. */
const ARRIVAL_GRAIN_MS = 50;
const MAX_MS = 600_000;

/** Issue 3, point 4 and FIELD P20: one host's limit and delay over 4 workers and 2 tasks, by the server's log. */
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
    report.tell('visits', [visits.length]);
    report.hold(
      'pages done',
      [ended.reduce((sum, { counts }) => sum + counts.done, 0)],
      [atLeast(TASKS * Number(pages))],
    );
    report.hold(
      'most at once',
      [Math.max(...visits.map(({ openRequests }) => openRequests))],
      [atMost(LIMIT)],
    );
    report.hold('shortest gap between two arrivals (ms)', [shortest], [atLeast(DELAY_MS - ARRIVAL_GRAIN_MS)]);
    report.hold('mean gap (ms)', [span / gaps.length], [atLeast(DELAY_MS - ARRIVAL_GRAIN_MS / gaps.length)]);
    report.tell('median gap (ms)', [percentile(gaps, 0.5)]);
    return report;
  });
}
