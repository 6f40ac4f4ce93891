import type { CrawlHead, CrawlList, UnseenPages } from '../../model/history.ts';
import type { ListQuery } from '../../model/list-query.ts';
import type { CrawlRow, MapReader } from '../../ports/map-reader.ts';
import { readCursor } from '../number-cursor.ts';
import { nextCursor } from './read-within.ts';

/** Null for an unknown crawl. */
export async function crawlHead({ crawls }: MapReader, crawlId: string): Promise<CrawlHead | null> {
  const [crawl] = await crawls.crawl(crawlId);
  return crawl === undefined ? null : headOf(crawl);
}

/** Crawls of the site with this root, the newest first. */
export async function siteCrawls(
  { crawls }: MapReader,
  site: string,
  { cursor, limit }: ListQuery,
): Promise<CrawlList> {
  const key = readCursor(cursor, Number.MAX_SAFE_INTEGER);
  const rows = await crawls.before({ site, key, limit: limit + 1 });
  const shown = rows.slice(0, limit);
  return { crawls: shown.map(headOf), next: nextCursor(rows, shown.length, ({ key }) => key) };
}

/** Pages of the crawl's site that are there and that the crawl has not stored. */
export async function unseenPages(
  { crawls }: MapReader,
  crawlId: string,
  { cursor, limit }: ListQuery,
): Promise<UnseenPages> {
  const rows = await crawls.unseen({ crawlId, after: readCursor(cursor, 0), limit: limit + 1 });
  const shown = rows.slice(0, limit);
  return { urls: shown.map(({ url }) => url), next: nextCursor(rows, shown.length, ({ key }) => key) };
}

function headOf({ key: _, ...head }: CrawlRow): CrawlHead {
  return head;
}
