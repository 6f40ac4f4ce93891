import { join } from 'node:path';
import { Database } from '../../src/drivers/sqlite/database.ts';

async function withStore<T>(storageDir: string, read: (database: Database) => Promise<T>): Promise<T> {
  const database = await Database.open(join(storageDir, 'waymark.sqlite'));
  try {
    return await read(database);
  } finally {
    await database.close();
  }
}

/** URLs of the pages that a crawl stored in the graph, in order; a duplicate is listed twice. */
export function storedPages(storageDir: string, crawlId: string): Promise<readonly string[]> {
  return withStore(storageDir, async (database) => {
    const graph = database.service('graph');
    const urls: string[] = [];
    for (let cursor: string | null = null; ; ) {
      const { pages, next } = await graph.pages(crawlId, { cursor, limit: 1000 });
      urls.push(...pages.map(({ url }) => url));
      if (next === null) return urls.sort();
      cursor = next;
    }
  });
}

/** Pages in progress in the unfinished crawl of this URL; 0 if there is no such crawl. */
export function openPages(storageDir: string, url: string): Promise<number> {
  return withStore(storageDir, async (database) => {
    const task = await database.service('task').findUnfinished('command', url);
    return task?.counts.active ?? 0;
  });
}
