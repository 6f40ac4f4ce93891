import { crawlKey, DEFAULT_NAMESPACE } from '../../../src/drivers/redis/keys.ts';
import type { Site } from '../fixture-site.ts';
import type { Deployment } from './deployment.ts';
import type { WaymarkProcess } from './waymark-process.ts';

export type Victims = 'a worker' | 'the API' | 'a worker and the API' | 'everything';

export const VICTIMS: readonly Victims[] = ['a worker', 'the API', 'a worker and the API', 'everything'];

/** Maximum time from the restart of the killed processes to the end of the task. */
export const RECOVERY_MS = 60_000;

export interface Kill {
  readonly victims: Victims;
  /** Number of visits before the kill. */
  readonly afterVisits: number;
  /** Index of the worker to kill. Default: the first. */
  readonly worker?: number;
}

/** The cost of a kill in the middle of a crawl. */
export interface KillRound {
  readonly victims: Victims;
  readonly status: string;
  readonly visitsAtKill: number;
  /** Pages in progress at that moment: the maximum number of repeated visits. */
  readonly openAtKill: number;
  /** Pages in progress in the killed processes. */
  readonly heldByKilled: number;
  readonly fetchedAgain: number;
  /** Milliseconds from the restart to the end of the task. */
  readonly recoveredMs: number;
  /** URLs of the pages in the graph; a duplicate is listed twice. */
  readonly pages: readonly string[];
}

/** Crawls the site, kills after a number of visits, restarts the killed processes, and waits for the end of the task. */
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

/** Process ids of the pages in progress. The owner of a lease has the process id as its second part. */
async function holdersOfPages({ redisClient }: Deployment, id: string): Promise<readonly number[]> {
  const leases = await redisClient.hvals(`${crawlKey(DEFAULT_NAMESPACE, id)}:leases`);
  return leases.map((lease) => Number(lease.split(' ')[1]?.split('.')[1]));
}
