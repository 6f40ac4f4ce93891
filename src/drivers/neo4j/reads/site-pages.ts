import { readCursor } from '../../../core/number-cursor.ts';
import type { ListQuery } from '../../../model/list-query.ts';
import type { PageDetail } from '../../../model/page.ts';
import type { SitePages } from '../../../model/site.ts';
import type { Run } from '../neo4j.ts';
import { findSite } from './outline.ts';
import { readPages } from './page-details.ts';

/** Characters and links of an answer after which it takes no further pages. */
const MAX_WEIGHT = 2_000_000;
/** What a link weighs. */
const LINK_WEIGHT = 100;

const NEXT_PAGES = `
  MATCH (:ROOT {n: $site})-[has:HAS_PAGE]->(p) WHERE has.n > $after
  RETURN p.n AS n ORDER BY has.n LIMIT $limit`;

/** The pages of a site, whole, in the order in which their URLs came to be known. */
export async function readSitePages(
  run: Run,
  url: string,
  { cursor, limit }: ListQuery,
): Promise<SitePages | null> {
  const after = readCursor(cursor, 0);
  const found = await findSite(run, url);
  if (found === null) return null;
  const rows = await run<{ n: number }>(NEXT_PAGES, {
    site: found.n,
    after,
    limit: limit + 1,
  });
  const pages: PageDetail[] = [];
  let weight = 0;
  for (const { n } of rows.slice(0, limit)) {
    const [page] = await readPages(run, [n]);
    if (page === undefined) continue;
    weight += weightOf(page);
    if (weight > MAX_WEIGHT && pages.length > 0) break;
    pages.push(page);
  }
  const last = rows[pages.length - 1];
  const isEnd = pages.length === rows.length || last === undefined;
  return { site: found.site, pages, next: isEnd ? null : String(last.n) };
}

function weightOf({ sectionRows, linkRows }: PageDetail): number {
  return sectionRows.reduce((sum, { text }) => sum + text.length, linkRows.length * LINK_WEIGHT);
}
