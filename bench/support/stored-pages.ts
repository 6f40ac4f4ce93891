import { join } from 'node:path';
import { Database } from '../../src/drivers/sqlite/database.ts';
import { SqliteGraphStore } from '../../src/drivers/sqlite/graph-store.ts';

/** URLs of the pages that a crawl left in the graph, in order; a page that is there twice is listed twice. */
export async function storedPages(storageDir: string, crawlId: string): Promise<readonly string[]> {
  const database = await Database.open(join(storageDir, 'waymark.sqlite'));
  try {
    const graph = new SqliteGraphStore(database);
    const urls: string[] = [];
    for (let cursor: string | null = null; ; ) {
      const { pages, next } = await graph.pages(crawlId, { cursor, limit: 1000 });
      urls.push(...pages.map(({ url }) => url));
      if (next === null) return urls.sort();
      cursor = next;
    }
  } finally {
    await database.close();
  }
}
