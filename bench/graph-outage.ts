import { setTimeout as wait } from 'node:timers/promises';
import { openNeo4j } from '../src/drivers/neo4j/open-neo4j.ts';
import { allPages, crawl, crawlOptions, openTestService } from '../test/support/crawled.ts';
import { startSite } from '../test/support/fixture-site.ts';
import { generatedPath, generatedSite } from '../test/support/generated-site.ts';
import { Neo4jServer } from '../test/support/neo4j-server.ts';
import { neo4jSettings } from '../test/support/neo4j-settings.ts';
import { atMost, Report } from './support/report.ts';

const PAGES = 400;
const SERVED = 100;
const AWAY_SECONDS = 60;
/** Maximum growth of resident memory while the store is unavailable. */
const MAX_GROWTH_MB = 64;
const MEGABYTE = 1024 * 1024;

/**
 * Kills Neo4j in the middle of a crawl and restarts it some seconds later, then kills it again and restarts it at once.
 * The crawl's process keeps running.
 */
export async function graphOutage([seconds = String(AWAY_SECONDS)]: readonly string[]): Promise<Report> {
  await using server = await Neo4jServer.start();
  const [first, second] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const handler = generatedSite(PAGES);
  const visits = new Map<string, number>();
  let served = 0;
  await using site = await startSite((request, response) => {
    served += 1;
    if (request.url !== '/robots.txt')
      visits.set(request.url ?? '', (visits.get(request.url ?? '') ?? 0) + 1);
    if (served === SERVED) first.resolve();
    if (served === SERVED * 2) second.resolve();
    return handler(request, response);
  });
  await using opened = await openTestService(neo4jSettings(server));
  const crawling = crawl(opened, crawlOptions(site.url('/'), { paginatedLists: 'all', sitemap: false }));
  await first.promise;
  await server.kill();
  const [before, memoryBefore] = [served, process.memoryUsage.rss()];
  await wait(Number(seconds) * 1000);
  const [fetchedMeanwhile, grown] = [served - before, process.memoryUsage.rss() - memoryBefore];
  const servedAtReturn = served;
  await server.start();
  const returned = performance.now();
  await second.promise;
  const resumedAfter = (performance.now() - returned) / 1000;
  await server.kill();
  await server.start();
  const { task } = await crawling;
  const stored = (await allPages(opened.service, task.id)).map(({ url }) => url);
  const expected = Array.from({ length: PAGES }, (_, n) => site.url(generatedPath(n)));
  const report = new Report(
    `Neo4j unavailable for ${seconds} s and killed again, in a crawl of ${PAGES} pages`,
    [''],
  );
  const check = (what: string, figure: number, limit: number) =>
    report.check(what, [figure], [atMost(limit)]);
  check('tasks that did not end completed', task.status === 'completed' ? 0 : 1, 0);
  check('pages lost', expected.filter((url) => !stored.includes(url)).length, 0);
  check('pages stored twice', stored.length - new Set(stored).size, 0);
  check('links stored twice', await doubledLinks(server), 0);
  check('growth of resident memory during the outage (MB)', grown / MEGABYTE, MAX_GROWTH_MB);
  report.add('pages fetched before and during the outage', [
    `${servedAtReturn - fetchedMeanwhile}, ${fetchedMeanwhile}`,
  ]);
  report.add('pages fetched again', [[...visits.values()].filter((count) => count > 1).length]);
  report.add('next hundred pages after the restart (s)', [resumedAfter]);
  return report;
}

async function doubledLinks(server: Neo4jServer): Promise<number> {
  const neo4j = await openNeo4j(server);
  const [row] = await neo4j.rows<{ doubled: number }>(`
    MATCH (b:BLOCK)-[l:LINKS]->() WITH b, l.order AS order, count(*) AS links WHERE links > 1 RETURN count(*) AS doubled`);
  await neo4j.close();
  return row?.doubled ?? Number.NaN;
}
