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

/** Issue 3, point 1 and FIELD P3, P4: `kill -9` at random moments of crawls by two workers on Redis. */
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

/** Every kind of kill in turn, each at a moment that chance chooses. */
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
  const most = (figure: (round: KillRound) => number) => each((of) => Math.max(...of.map(figure)));
  const none = columns.map(() => atMost(0));
  report.tell(
    'kills',
    each((of) => of.length),
  );
  report.tell(
    'median visits at the kill',
    each((of) =>
      percentile(
        of.map(({ visitsAtKill }) => visitsAtKill),
        0.5,
      ),
    ),
  );
  report.hold(
    'tasks that did not end completed',
    each((of) => of.filter(({ status }) => status !== 'completed').length),
    none,
  );
  report.hold(
    'most pages lost',
    most(({ pages }) => whole.size - new Set(pages).size),
    none,
  );
  report.hold(
    'most pages stored twice',
    most(({ pages }) => pages.length - new Set(pages).size),
    none,
  );
  report.hold(
    'most pages of no page of the site',
    most(({ pages }) => pages.filter((url) => !whole.has(url)).length),
    none,
  );
  report.tell(
    'most pages open at the kill',
    most(({ openAtKill }) => openAtKill),
  );
  report.tell(
    'most pages fetched again',
    most(({ fetchedAgain }) => fetchedAgain),
  );
  report.hold(
    'most fetched again beyond those open',
    most((round) => Math.max(0, round.fetchedAgain - round.openAtKill)),
    none,
  );
  report.hold(
    'longest from the restart to the end (s)',
    most(({ recoveredMs }) => recoveredMs / 1000),
    columns.map(() => atMost(RECOVERY_MS / 1000)),
  );
  report.tell('requests that the site has answered', [site.log.length, ...columns.slice(1).map(() => '')]);
  return report;
}
