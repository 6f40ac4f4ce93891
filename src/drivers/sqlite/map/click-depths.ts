import type { SqliteFile } from '../sqlite-file.ts';

/** Longer ways than this are not told apart. */
const MAX_CLICKS = 10_000;

/**
 * Sets the depth of a crawl's pages to the clicks from the site's root. While a crawl runs, the order in which pages
 * happen to answer decides by which way a page is met first; here all links are known. Each block is followed once,
 * however many pages show it. Pages that no click leads to keep the depth at which they were found.
 */
export function setClickDepths(file: SqliteFile, crawl: number, site: number): void {
  begin(file, crawl);
  for (let depth = 0; depth < MAX_CLICKS && follow(file, crawl, depth) > 0; depth += 1);
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

/** Follows the links of the pages at this depth; answers how many places were new. */
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
