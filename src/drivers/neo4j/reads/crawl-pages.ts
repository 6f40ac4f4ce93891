import { readCursor } from '../../../core/number-cursor.ts';
import type { ListQuery } from '../../../model/list-query.ts';
import type { PageList, StoredPage } from '../../../model/page.ts';
import type { MapCounts } from '../../../model/site.ts';
import type { Run } from '../neo4j.ts';
import { PAGE_ROW } from './page-rows.ts';

const COUNTS = `
  MATCH (:CRAWL {id: $crawlId})-[:STORED]->(p)
  RETURN count(p) AS pages, coalesce(sum(p.sections), 0) AS sections, coalesce(sum(p.links), 0) AS links`;

const PAGES = `
  MATCH (c:CRAWL {id: $crawlId}) WITH c.n AS crawl
  MATCH ()-[stored:STORED]->(p) USING INDEX stored:STORED(crawl, n) WHERE stored.crawl = crawl AND stored.n > $after
  RETURN stored.n AS at, ${PAGE_ROW} AS page ORDER BY stored.n LIMIT $limit`;

export async function readCounts(run: Run, crawlId: string): Promise<MapCounts> {
  const [row] = await run<Omit<MapCounts, 'nodes'>>(COUNTS, { crawlId });
  const { pages, sections, links } = row ?? { pages: 0, sections: 0, links: 0 };
  return { pages, sections, links, nodes: pages === 0 ? 0 : 1 + pages + sections };
}

export async function readCrawlPages(
  run: Run,
  crawlId: string,
  { cursor, limit }: ListQuery,
): Promise<PageList> {
  const rows = await run<{ at: number; page: StoredPage }>(PAGES, {
    crawlId,
    after: readCursor(cursor, 0),
    limit,
  });
  const last = rows.at(-1);
  return {
    pages: rows.map(({ page }) => page),
    next: rows.length === limit && last !== undefined ? String(last.at) : null,
  };
}
