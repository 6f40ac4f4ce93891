import { setTimeout as pause } from 'node:timers/promises';
import type { Site } from '../fixture-site.ts';
import { until } from '../until.ts';
import type { Deployment } from './deployment.ts';

/** P26 of docs/durability.md: pending work resumes within this time after the return of Redis. */
export const RESUME_MS = 10_000;
/** Maximum time until `/ready` reports an outage, and its end. */
export const TOLD_MS = 5000;
const END_MS = 60_000;

/** The cost of an outage of Redis in the middle of a crawl. */
export interface OutageRound {
  readonly status: string;
  readonly visitsBefore: number;
  /** Pages requested during the outage, from earlier claims. */
  readonly visitsMeanwhile: number;
  readonly notReadyAfterMs: number;
  readonly readyAgainAfterMs: number;
  /** Milliseconds from Redis' return to the next visit. */
  readonly resumedAfterMs: number;
  readonly fetchedAgain: number;
  /** Processes that died during the outage. */
  readonly lostProcesses: number;
  /** URLs of the pages in the graph; a duplicate is listed twice. */
  readonly pages: readonly string[];
}

/** Crawls the site, kills Redis after a number of visits and restarts it with its data `awayMs` later. */
export async function outageRound(
  { client, redis, api, workers }: Deployment,
  site: Site,
  afterVisits: number,
  awayMs: number,
): Promise<OutageRound> {
  const visits = () => site.log.filter(({ path }) => path !== '/robots.txt');
  const processes = [api, ...workers];
  const pids = processes.map(({ pid }) => pid);
  const id = await client.crawl(site.url('/'));
  await site.requested(() => visits().length >= afterVisits, END_MS);
  await redis.kill();
  const visitsBefore = visits().length;
  const notReadyAfterMs = await readyIs(503, client.ready.bind(client));
  await pause(Math.max(0, awayMs - notReadyAfterMs));
  const visitsAtReturn = visits().length;
  await redis.start();
  const back = performance.now();
  await site.requested(({ at }) => at > back, RESUME_MS * 3);
  const resumedAfterMs = performance.now() - back;
  const readyAgainAfterMs = await readyIs(200, client.ready.bind(client));
  const { status } = await client.ended(id, END_MS);
  const paths = visits().map(({ path }) => path);
  return {
    status,
    visitsBefore,
    visitsMeanwhile: visitsAtReturn - visitsBefore,
    notReadyAfterMs,
    readyAgainAfterMs,
    resumedAfterMs,
    fetchedAgain: paths.length - new Set(paths).size,
    lostProcesses: processes.filter(({ pid, isAlive }, n) => !isAlive || pid !== pids[n]).length,
    pages: await client.pages(id),
  };
}

/** Milliseconds until `/ready` returns this status. */
async function readyIs(wanted: number, ready: () => Promise<number>): Promise<number> {
  const start = performance.now();
  await until(`/ready returns ${wanted}`, async () => ((await ready()) === wanted ? true : null), END_MS);
  return performance.now() - start;
}
