import type { SiteOverview } from '../../../model/site-overview.ts';
import type { ListReader } from '../../../ports/map-reader.ts';
import type { Run } from '../neo4j.ts';

const PAGES = 'MATCH (:CRAWL {id: $crawlId})-[:OF]->(r)-[:HAS_PAGE]->(p)';

const OBSERVED = `${PAGES} WHERE p.board > $after
  WITH p.board AS url, max(p.boardLast) AS last, max(p.boardPage) AS page
  WITH url, CASE WHEN page > last THEN page ELSE last END AS last ORDER BY url LIMIT $limit
  RETURN url, last, COLLECT {
    ${PAGES} WHERE p.board = url
    RETURN {page: p.boardPage, url: p.url, pattern: {url: url, first: p.boardFirst, step: p.boardStep}}
    ORDER BY p.boardPage, p.url LIMIT $pages
  } AS pages ORDER BY url`;

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
export function neo4jListReader(run: Run): ListReader {
  return {
    lists: (range) => run(OBSERVED, range),
    layouts: (query) => run(LAYOUTS, query),
    async overview(query) {
      const [counts = { listCount: 0, groupCount: 0 }] = await run<
        Pick<SiteOverview, 'listCount' | 'groupCount'>
      >(COUNTS, query);
      return { lists: await run(LISTS, query), groups: await run(GROUPS, query), ...counts };
    },
  };
}
