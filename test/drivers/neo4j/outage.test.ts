import { describe, expect, it } from 'vitest';
import { taskEnd } from '../../../src/app/follow-task.ts';
import { openNeo4j } from '../../../src/drivers/neo4j/open-neo4j.ts';
import { allPages, crawl, crawlOptions, openTestService } from '../../support/crawled.ts';
import { startSite } from '../../support/fixture-site.ts';
import { GatedSite } from '../../support/gated-site.ts';
import { generatedPath } from '../../support/generated-site.ts';
import { Neo4jServer } from '../../support/neo4j-server.ts';
import { neo4jSettings } from '../../support/neo4j-settings.ts';
import { within } from '../../support/within.ts';
import { withOwnNeo4j } from './neo4j-under-test.ts';

const PAGES = 300;
/** Pages that were served when the store is killed. */
const SERVED = 40;

await withOwnNeo4j('outages of Neo4j', () => {
  describe('a Neo4j that is killed and started again in the middle of a crawl', () => {
    it('holds the crawl up: nothing is lost, nothing is there twice', { timeout: 300_000 }, async () => {
      await using server = await Neo4jServer.start();
      const gate = new GatedSite(PAGES, SERVED);
      await using site = await startSite((request, response) => gate.handle(request, response));
      await using opened = await openTestService(neo4jSettings(server));
      const crawling = crawl(opened, crawlOptions(site.url('/'), { paginatedLists: 'all' }));
      await within('pages are served', gate.reached, 60_000);
      await server.kill();
      gate.open();
      await expect(opened.service.graph.page(site.url('/'))).rejects.toMatchObject({
        code: 'neo4j-unreachable',
      });
      const { served } = gate;
      await server.start();
      const { task } = await within('the crawl ends', crawling, 120_000);
      expect(task).toMatchObject({ status: 'completed', result: { pagesCrawled: PAGES, pagesFailed: 0 } });
      expect(served).toBeLessThan(PAGES);
      const urls = (await allPages(opened.service, task.id)).map(({ url }) => url);
      expect(urls.toSorted()).toEqual(
        Array.from({ length: PAGES }, (_, n) => site.url(generatedPath(n))).toSorted(),
      );
      const neo4j = await openNeo4j(server);
      const [row] = await neo4j.rows(`RETURN
        COUNT { (:PAGE) } AS pages,
        COUNT { (:ROOT)-[:HAS_PAGE]->() } AS members,
        COLLECT { MATCH (b:BLOCK)-[l:LINKS]->() WITH b, l.order AS order, count(*) AS links WHERE links > 1 RETURN 1 }
          AS doubled`);
      await neo4j.close();
      expect(row).toEqual({ pages: PAGES, members: PAGES, doubled: [] });
    });

    it('does not keep a crawl that is cancelled or paused; it goes on when both are over', {
      timeout: 300_000,
    }, async () => {
      await using server = await Neo4jServer.start();
      const gate = new GatedSite(PAGES, SERVED);
      await using site = await startSite((request, response) => gate.handle(request, response));
      await using opened = await openTestService(neo4jSettings(server));
      const { tasks } = opened.service;
      const options = crawlOptions(site.url('/'), { paginatedLists: 'all' });
      const { id } = await tasks.submit({ kind: 'crawl', queue: 'command', options });
      const run = () => opened.service.work({ queues: ['command'], concurrency: 1, only: id });
      const paused = run();
      await within('pages are served', gate.reached, 60_000);
      await server.kill();
      gate.open();
      await tasks.pause(id);
      await within('the paused run ends', paused.close(), 60_000);
      expect(await tasks.get(id)).toMatchObject({ status: 'paused', error: null });
      await server.start();
      await tasks.resume(id);
      const resumed = run();
      const { events } = opened.service;
      const task = await within(
        'the crawl ends',
        taskEnd(tasks, events, id, new AbortController().signal),
        120_000,
      );
      await resumed.close();
      expect(task).toMatchObject({ status: 'completed', result: { pagesCrawled: PAGES, pagesFailed: 0 } });
    });
  });
});
