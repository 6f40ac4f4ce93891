import { describe, expect, it } from 'vitest';
import { listen } from '../../../src/app/listen.ts';
import { createDemoSite } from '../../../src/demo/demo-site.ts';
import { Neo4jThread } from '../../../src/drivers/neo4j/neo4j-thread.ts';
import { DEMO_QUESTIONS } from '../../map/demo-questions.ts';
import { crawl, crawlOptions, openTestService } from '../../support/crawled.ts';
import { MapComparison } from '../../support/map-comparison.ts';
import { mirroredMap } from '../../support/mirrored-map.ts';
import { withNeo4j } from './neo4j-under-test.ts';

const SIZE = { paths: 100, inLinks: 50, queries: 40 } as const;

await withNeo4j('one crawl in two stores', (under) => {
  describe('one crawl of the demo site, written to SQLite and to Neo4j', () => {
    it('is the same map in both', async () => {
      const demo = await listen(createDemoSite().fetch, '127.0.0.1', 0);
      const thread = await Neo4jThread.open(under.address);
      try {
        const site = `${demo.origin}/`;
        await using test = await openTestService({}, (stores) => ({
          ...stores,
          graph: mirroredMap(stores.graph, thread.graph),
        }));
        const { task } = await crawl(test, crawlOptions(site));
        expect(task.result?.pagesCrawled).toBeGreaterThan(40);
        const comparison = new MapComparison(test.service.graph, thread.graph, site);
        const queries = DEMO_QUESTIONS.map(({ text }) => text);
        for (const { what, compared, differences } of await comparison.run(queries, SIZE)) {
          expect(compared, what).toBeGreaterThan(0);
          expect(differences, what).toEqual([]);
        }
      } finally {
        await thread.close();
        await demo.close();
      }
    });
  });
});
