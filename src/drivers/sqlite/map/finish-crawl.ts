import { MAX_CLICK_DEPTH, MAX_FORGOTTEN_PAGES, MAX_KEPT_CRAWLS } from '../../../core/map/limits.ts';
import type { SqliteFile } from '../sqlite-file.ts';
import { int, type Row } from '../tables/rows.ts';

/**
 * Sets the depth of a crawl's pages to the clicks from the site's root. While a crawl runs, the order in which pages
 * happen to load decides by which links a page is met first; here all links are known. Each block is followed once,
 * however many pages show it. Pages that no click leads to keep the depth at which they were found.
 */
export function setClickDepths(file: SqliteFile, crawl: number, site: number): void {
  begin(file, crawl);
  for (let depth = 0; depth < MAX_CLICK_DEPTH && follow(file, crawl, depth) > 0; depth += 1);
  file
    .sql(`UPDATE page SET depth = reached.depth FROM reached WHERE reached.place = page.place
      AND page.place IN (SELECT place FROM crawl_page WHERE crawl = ?)`)
    .run(crawl);
  file
    .sql(`UPDATE site_page SET depth = reached.depth FROM reached WHERE reached.place = site_page.place
      AND site_page.site = ? AND site_page.place IN (SELECT place FROM crawl_page WHERE crawl = ?)`)
    .run(site, crawl);
}

function begin(file: SqliteFile, crawl: number): void {
  file
    .sql('CREATE TEMP TABLE IF NOT EXISTS reached (place INTEGER PRIMARY KEY, depth INTEGER NOT NULL)')
    .run();
  file
    .sql('CREATE TEMP TABLE IF NOT EXISTS followed (block INTEGER PRIMARY KEY, depth INTEGER NOT NULL)')
    .run();
  file.sql('DELETE FROM reached').run();
  file.sql('DELETE FROM followed').run();
  file
    .sql(`INSERT INTO reached SELECT coalesce(p.alias_of, p.k), 0 FROM crawl c JOIN site s ON s.k = c.site
      JOIN place p ON p.url = s.url WHERE c.k = ?`)
    .run(crawl);
}

/** Follows the links of the pages at this depth; returns how many places were new. */
function follow(file: SqliteFile, crawl: number, depth: number): number {
  file
    .sql(`INSERT INTO followed SELECT DISTINCT s.block, ? FROM reached r JOIN crawl_page c ON c.place = r.place AND c.crawl = ?
      JOIN section s ON s.place = r.place WHERE r.depth = ? ON CONFLICT DO NOTHING`)
    .run(depth, crawl, depth);
  const { changes } = file
    .sql(`INSERT INTO reached SELECT DISTINCT coalesce(p.alias_of, p.k), ? + 1 FROM followed f
      JOIN block_link l ON l.block = f.block JOIN place p ON p.k = l.target WHERE f.depth = ? ON CONFLICT DO NOTHING`)
    .run(depth, depth);
  return Number(changes);
}

/** Forgets what the oldest crawl of a site stored, once there are many newer ones. Pages themselves stay. */
export function forgetOldCrawls(file: SqliteFile, site: number): void {
  const row = file
    .sql(`SELECT k FROM crawl WHERE site = ?1 AND k NOT IN
      (SELECT k FROM crawl WHERE site = ?1 ORDER BY k DESC LIMIT ${MAX_KEPT_CRAWLS}) ORDER BY k LIMIT 1`)
    .get(site) as Row | undefined;
  if (row === undefined) return;
  const crawl = int(row, 'k');
  const forgotten = file
    .sql(
      'DELETE FROM crawl_page WHERE n IN (SELECT n FROM crawl_page WHERE crawl = ? LIMIT ?) RETURNING version',
    )
    .all(crawl, MAX_FORGOTTEN_PAGES) as { version: number }[];
  forgetVersions(file, forgotten);
  if (forgotten.length < MAX_FORGOTTEN_PAGES) file.sql('UPDATE crawl SET site = NULL WHERE k = ?').run(crawl);
}

/** Contents that no crawl and no page refers to any more. */
function forgetVersions(file: SqliteFile, versions: readonly { readonly version: number }[]): void {
  const forget = file.sql(`DELETE FROM page_version WHERE k = ?1
    AND NOT EXISTS (SELECT 1 FROM crawl_page c WHERE c.version = ?1)
    AND NOT EXISTS (SELECT 1 FROM page p WHERE p.place = page_version.place AND p.version = ?1)`);
  for (const { version } of versions) forget.run(version);
}
