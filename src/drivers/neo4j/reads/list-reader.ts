import type { GroupRow, Layout, LayoutKey } from '../../../model/layout-group.ts';
import type { PaginatedList } from '../../../model/paginated-list.ts';
import type { SiteOverview } from '../../../model/site-overview.ts';
import type { Key, ListPageRow, ListReader } from '../../../ports/map-reader.ts';
import type { Run } from '../neo4j.ts';

const PAGES = 'MATCH (:CRAWL {id: $crawlId})-[:OF]->(r)-[:HAS_PAGE]->(p)';

const PATTERNS = `${PAGES} WHERE p.board > $after
  WITH p.board AS url, max(p.boardLast) AS last, max(p.boardPage) AS page
  RETURN url, CASE WHEN page > last THEN page ELSE last END AS last ORDER BY url LIMIT $limit`;

const LIST_PAGES = `
  UNWIND $patterns AS pattern
  CALL {
    WITH pattern ${PAGES} WHERE p.board = pattern
    RETURN p ORDER BY p.boardPage, p.url LIMIT $limit
  }
  RETURN p.boardPage AS page, p.url AS url, {url: pattern, first: p.boardFirst, step: p.boardStep} AS pattern`;

const LAYOUTS = `${PAGES}
  WHERE p.template > $template OR p.template = $template AND p.fingerprint > $fingerprint
  WITH p ORDER BY p.url
  WITH p.template AS template, p.fingerprint AS fingerprint, count(p) AS pages, collect(p.url)[..$examples] AS examples
  RETURN template, fingerprint, pages, examples ORDER BY template, fingerprint LIMIT $limit`;

const LISTS = `
  MATCH (:ROOT {n: $site})-[:HAS_BOARD]->(b)
  WITH b ORDER BY coalesce(b.total, b.pageCount) DESC, b.pattern LIMIT $limit
  RETURN b {.id, .pattern, .strategy, .total, .checked, .repeats, .pageCount,
    pages: COLLECT {
      MATCH (b)-[has:HAS_MEMBER]->(p) RETURN {page: has.page, url: p.url, title: p.title}
      ORDER BY has.order LIMIT $listPages
    }} AS row`;

const GROUPS = `
  MATCH (:ROOT {n: $site})-[:HAS_GROUP]->(g)
  WITH g ORDER BY g.count DESC, g.pattern, g.fingerprint LIMIT $limit
  RETURN g {.id, .name, .pattern, .summary, pages: g.count,
    examples: COLLECT {
      UNWIND range(0, size(g.examples) - 1) AS at MATCH (p:PLACE {url: g.examples[at]}) WHERE p:PAGE
      RETURN p {.url, .title} ORDER BY at
    }} AS row`;

const COUNTS = `
  MATCH (r:ROOT {n: $site})
  RETURN COUNT { (r)-[:HAS_BOARD]->() } AS listCount, COUNT { (r)-[:HAS_GROUP]->() } AS groupCount`;

/** Reads which lists and layouts pages show, and the lists and groups that were derived from them. */
export class Neo4jListReader implements ListReader {
  readonly #run: Run;

  constructor(run: Run) {
    this.#run = run;
  }

  patterns(crawlId: string, after: string, limit: number) {
    return this.#run<{ url: string; last: number }>(PATTERNS, { crawlId, after, limit });
  }

  pages(crawlId: string, patterns: readonly string[], limit: number): Promise<readonly ListPageRow[]> {
    return this.#run(LIST_PAGES, { crawlId, patterns, limit });
  }

  layouts(crawlId: string, after: LayoutKey, limit: number, examples: number): Promise<readonly Layout[]> {
    return this.#run(LAYOUTS, { crawlId, ...after, limit, examples });
  }

  async overview(site: Key, limit: number, listPages: number): Promise<SiteOverview> {
    const lists = await this.#run<{ row: PaginatedList }>(LISTS, { site, limit, listPages });
    const groups = await this.#run<{ row: GroupRow }>(GROUPS, { site, limit });
    const [counts] = await this.#run<Pick<SiteOverview, 'listCount' | 'groupCount'>>(COUNTS, { site });
    return {
      lists: lists.map(({ row }) => row),
      groups: groups.map(({ row }) => row),
      listCount: counts?.listCount ?? 0,
      groupCount: counts?.groupCount ?? 0,
    };
  }
}
