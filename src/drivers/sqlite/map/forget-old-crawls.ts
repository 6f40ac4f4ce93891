import type { SqliteFile } from '../sqlite-file.ts';
import { int, type Row } from '../tables/rows.ts';

/** Crawls of a site that are remembered. */
const KEPT = 30;
/** Pages of an old crawl that are forgotten at once; the rest after a later crawl. */
const MAX_AT_ONCE = 20_000;

/** Forgets what the oldest crawl of a site stored, once there are many newer ones. Pages themselves stay. */
export function forgetOldCrawls(file: SqliteFile, site: number): void {
  const row = file
    .sql(`SELECT k FROM crawl WHERE site = ?1 AND k NOT IN
      (SELECT k FROM crawl WHERE site = ?1 ORDER BY k DESC LIMIT ${KEPT}) ORDER BY k LIMIT 1`)
    .get(site) as Row | undefined;
  if (row === undefined) return;
  const crawl = int(row, 'k');
  const forgotten = file
    .sql(
      'DELETE FROM crawl_page WHERE n IN (SELECT n FROM crawl_page WHERE crawl = ? LIMIT ?) RETURNING version',
    )
    .all(crawl, MAX_AT_ONCE) as { version: number }[];
  forgetVersions(file, forgotten);
  if (forgotten.length < MAX_AT_ONCE) file.sql('UPDATE crawl SET site = NULL WHERE k = ?').run(crawl);
}

/** Contents that no crawl and no page refers to any more. */
function forgetVersions(file: SqliteFile, versions: readonly { readonly version: number }[]): void {
  const forget = file.sql(`DELETE FROM page_version WHERE k = ?1
    AND NOT EXISTS (SELECT 1 FROM crawl_page c WHERE c.version = ?1)
    AND NOT EXISTS (SELECT 1 FROM page p WHERE p.place = page_version.place AND p.version = ?1)`);
  for (const { version } of versions) forget.run(version);
}
