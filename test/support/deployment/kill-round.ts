import { crawlKey, DEFAULT_NAMESPACE } from '../../../src/drivers/redis/keys.ts';
import type { Site } from '../fixture-site.ts';
import type { Deployment } from './deployment.ts';
import type { WaymarkProcess } from './waymark-process.ts';

export type Victims = 'a worker' | 'the API' | 'a worker and the API' | 'everything';

export const VICTIMS: readonly Victims[] = ['a worker', 'the API', 'a worker and the API', 'everything'];

/** Issue 3, point 1: how long a task may take to end after what was killed has been started again. */
export const RECOVERY_MS = 60_000;

export interface Kill {
  readonly victims: Victims;
  /** Visits of the site after which it happens. */
  readonly afterVisits: number;
  /** Which worker, where one is killed; default the first. */
  readonly worker?: number;
}

/** What a kill in the middle of a crawl has cost. */
export interface KillRound {
  readonly victims: Victims;
  readonly status: string;
  readonly visitsAtKill: number;
  /** Pages that were claimed and not settled at that moment: what may be fetched twice at most. */
  readonly openAtKill: number;
  /** Those of them that the killed processes held. */
  readonly heldByKilled: number;
  readonly fetchedAgain: number;
  /** Milliseconds from the restart to the end of the task. */
  readonly recoveredMs: number;
  /** URLs of the pages in the graph; one that is there twice is listed twice. */
  readonly pages: readonly string[];
}

/** Crawls the site, kills after so many visits, starts what was killed again, and waits for the task to end. */
export async function killRound(
  deployment: Deployment,
  site: Site,
  { victims, afterVisits, worker = 0 }: Kill,
): Promise<KillRound> {
  const { client } = deployment;
  const from = site.log.length;
  const visits = () => site.log.slice(from).filter(({ path }) => path !== '/robots.txt');
  const id = await client.crawl(site.url('/'));
  await site.requested(() => visits().length >= afterVisits, RECOVERY_MS);
  const killed = chosen(deployment, victims, worker);
  const pids = killed.map(({ pid }) => pid);
  await Promise.all(killed.map((each) => each.kill()));
  const visitsAtKill = visits().length;
  const holders = await holdersOfPages(deployment, id);
  await Promise.all(killed.map((each) => each.start()));
  const restarted = performance.now();
  const { status } = await client.ended(id, RECOVERY_MS);
  const recoveredMs = performance.now() - restarted;
  const paths = visits().map(({ path }) => path);
  return {
    victims,
    status,
    visitsAtKill,
    openAtKill: holders.length,
    heldByKilled: holders.filter((pid) => pids.includes(pid)).length,
    fetchedAgain: paths.length - new Set(paths).size,
    recoveredMs,
    pages: await client.pages(id),
  };
}

function chosen({ api, workers }: Deployment, victims: Victims, worker: number): readonly WaymarkProcess[] {
  const oneWorker = workers.slice(worker, worker + 1);
  switch (victims) {
    case 'a worker':
      return oneWorker;
    case 'the API':
      return [api];
    case 'a worker and the API':
      return [...oneWorker, api];
    case 'everything':
      return [...workers, api];
  }
}

/** The process of each open page. Leases bear the name of their owner, in which the process id stands second. */
async function holdersOfPages({ redisClient }: Deployment, id: string): Promise<readonly number[]> {
  const leases = await redisClient.hvals(`${crawlKey(DEFAULT_NAMESPACE, id)}:leases`);
  return leases.map((lease) => Number(lease.split(' ')[1]?.split('.')[1]));
}
