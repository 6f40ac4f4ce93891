import type { GroupRow } from '../../../model/layout-group.ts';
import type { PaginatedList } from '../../../model/paginated-list.ts';
import type { SiteOverview } from '../../../model/site-overview.ts';
import type { Run } from '../neo4j.ts';
import { findSite } from './outline.ts';

const MOST = 100;

const BOARDS = `
  MATCH (:ROOT {n: $site})-[:HAS_BOARD]->(b)
  WITH b ORDER BY coalesce(b.total, b.pageCount) DESC, b.pattern LIMIT ${MOST}
  RETURN b {.id, .pattern, .strategy, .total, .checked, .repeats, .pageCount,
    pages: COLLECT {
      MATCH (b)-[has:HAS_MEMBER]->(p) RETURN {page: has.page, url: p.url, title: p.title}
      ORDER BY has.order LIMIT $boardPages
    }} AS row`;

const GROUPS = `
  MATCH (:ROOT {n: $site})-[:HAS_GROUP]->(g)
  WITH g ORDER BY g.count DESC, g.pattern, g.fingerprint LIMIT ${MOST}
  RETURN g {.id, .name, .pattern, .summary, pages: g.count,
    examples: COLLECT {
      UNWIND range(0, size(g.examples) - 1) AS at MATCH (p:PLACE {url: g.examples[at]}) WHERE p:PAGE
      RETURN p {.url, .title} ORDER BY at
    }} AS row`;

const COUNTS = `
  MATCH (r:ROOT {n: $site})
  RETURN COUNT { (r)-[:HAS_BOARD]->() } AS listCount, COUNT { (r)-[:HAS_GROUP]->() } AS groupCount`;

/** Boards and groups of the site that has this root or page; null if there is none. */
export async function readOverview(run: Run, url: string, boardPages: number): Promise<SiteOverview | null> {
  const found = await findSite(run, url);
  if (found === null) return null;
  const site = found.n;
  const lists = await run<{ row: PaginatedList }>(BOARDS, { site, boardPages });
  const groups = await run<{ row: GroupRow }>(GROUPS, { site });
  const [counts] = await run<Pick<SiteOverview, 'listCount' | 'groupCount'>>(COUNTS, { site });
  return {
    lists: lists.map(({ row }) => row),
    groups: groups.map(({ row }) => row),
    listCount: counts?.listCount ?? 0,
    groupCount: counts?.groupCount ?? 0,
  };
}
