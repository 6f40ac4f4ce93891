import { type KillRound, killRound, RECOVERY_MS, VICTIMS } from '../test/support/deployment/kill-round.ts';
import { withDeployment } from '../test/support/deployment/with-deployment.ts';
import type { Site } from '../test/support/fixture-site.ts';
import { slowSite, subjectPath } from '../test/support/slow-site.ts';
import { percentile } from './support/percentile.ts';
import { atMost, Report } from './support/report.ts';

const PAGES = 200;
const ANSWER_MS = 50;
const KILLS = 100;
const WORKERS = 2;

/** `kill -9` at random moments of crawls by two workers on Redis (P3, P4 of docs/durability.md). */
export async function workerKills([count = String(KILLS)]: readonly string[]): Promise<Report> {
  await using site = await slowSite(PAGES, ANSWER_MS);
  const whole = new Set(Array.from({ length: PAGES }, (_, n) => site.url(subjectPath(n))));
  const rounds = await withDeployment({ workers: WORKERS }, async (deployment) => {
    const made: KillRound[] = [];
    for (let n = 0; n < Number(count); n += 1) made.push(await killRound(deployment, site, killOf(n)));
    return made;
  });
  return reportOf(rounds, whole, site);
}

/** Each kind of kill in turn, at random moments. */
function killOf(n: number) {
  return {
    victims: VICTIMS[n % VICTIMS.length] ?? 'everything',
    afterVisits: 1 + Math.floor(Math.random() * (PAGES - 20)),
    worker: Math.floor(Math.random() * WORKERS),
  };
}

function reportOf(rounds: readonly KillRound[], whole: ReadonlySet<string>, site: Site): Report {
  const columns = VICTIMS.filter((victims) => rounds.some((round) => round.victims === victims));
  const report = new Report(`${rounds.length} kills, crawls of ${PAGES} pages, ${WORKERS} workers`, columns);
  const each = (figure: (of: readonly KillRound[]) => number) =>
    columns.map((victims) => figure(rounds.filter((round) => round.victims === victims)));
  const max = (figure: (round: KillRound) => number) => each((of) => Math.max(...of.map(figure)));
  const none = columns.map(() => atMost(0));
  report.add(
    'kills',
    each((of) => of.length),
  );
  report.add(
    'median visits at the kill',
    each((of) =>
      percentile(
        of.map(({ visitsAtKill }) => visitsAtKill),
        0.5,
      ),
    ),
  );
  report.check(
    'tasks that did not end completed',
    each((of) => of.filter(({ status }) => status !== 'completed').length),
    none,
  );
  report.check(
    'max pages lost',
    max(({ pages }) => whole.size - new Set(pages).size),
    none,
  );
  report.check(
    'max pages stored twice',
    max(({ pages }) => pages.length - new Set(pages).size),
    none,
  );
  report.check(
    'max stored URLs that are no page of the site',
    max(({ pages }) => pages.filter((url) => !whole.has(url)).length),
    none,
  );
  report.add(
    'max pages in progress at the kill',
    max(({ openAtKill }) => openAtKill),
  );
  report.add(
    'max pages fetched again',
    max(({ fetchedAgain }) => fetchedAgain),
  );
  report.check(
    'max fetched again beyond those in progress',
    max((round) => Math.max(0, round.fetchedAgain - round.openAtKill)),
    none,
  );
  report.check(
    'longest from the restart to the end (s)',
    max(({ recoveredMs }) => recoveredMs / 1000),
    columns.map(() => atMost(RECOVERY_MS / 1000)),
  );
  report.add('requests served by the site', [site.log.length, ...columns.slice(1).map(() => '')]);
  return report;
}
