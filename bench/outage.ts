import { outageRound, RESUME_MS, TOLD_MS } from '../test/support/deployment/outage-round.ts';
import { withDeployment } from '../test/support/deployment/with-deployment.ts';
import { slowSite } from '../test/support/slow-site.ts';
import { atMost, Report } from './support/report.ts';

const PAGES = 200;
const ANSWER_MS = 60;
const AWAY_SECONDS = 60;

/** Kills Redis in the middle of a crawl by two workers and restarts it some seconds later (P26 of docs/durability.md). */
export async function outage([seconds = String(AWAY_SECONDS)]: readonly string[]): Promise<Report> {
  await using site = await slowSite(PAGES, ANSWER_MS);
  const round = await withDeployment({}, (deployment) =>
    outageRound(deployment, site, PAGES / 2, Number(seconds) * 1000),
  );
  const report = new Report(`Redis unavailable for ${seconds} s in a crawl of ${PAGES} pages`, ['']);
  const check = (what: string, figure: number, limit: number) =>
    report.check(what, [figure], [atMost(limit)]);
  check('tasks that did not end completed', round.status === 'completed' ? 0 : 1, 0);
  check('pages lost', PAGES - new Set(round.pages).size, 0);
  check('pages stored twice', round.pages.length - new Set(round.pages).size, 0);
  check('processes that did not live through it', round.lostProcesses, 0);
  check('/ready says no after (s)', round.notReadyAfterMs / 1000, TOLD_MS / 1000);
  check('next visit after the return (s)', round.resumedAfterMs / 1000, RESUME_MS / 1000);
  check('/ready says yes after that visit (s)', round.readyAgainAfterMs / 1000, TOLD_MS / 1000);
  report.add('visits before the outage', [round.visitsBefore]);
  report.add('visits during the outage', [round.visitsMeanwhile]);
  report.add('pages fetched again', [round.fetchedAgain]);
  return report;
}
