import type { SummaryReader } from '../../../ports/map-reader.ts';
import type { Run } from '../neo4j.ts';

const STORED = `
  MATCH (c:CRAWL {id: $crawlId}) WITH c.n AS crawl
  MATCH ()-[stored:STORED]->(p) USING INDEX stored:STORED(crawl, n) WHERE stored.crawl = crawl`;

const STORED_AFTER = `${STORED} AND stored.n > $after
  WITH stored ORDER BY stored.n LIMIT $limit RETURN max(stored.n) AS at`;

const SECTIONS = `${STORED} AND stored.n >= $at AND stored.n <= $until
  MATCH (p)-[:HAS_SECTION]->(s)-[:SHOWS]->(b)
    WHERE (stored.n > $at OR s.order > $order) AND b.text <> '' AND coalesce(b.summaryVariant <> $variant, true)
  RETURN stored.n AS at, s.order AS order, s.path AS path, coalesce(s.heading, s.label, '') AS title,
    p.language AS language, b.n AS block, left(b.text, $characters) AS text
  ORDER BY at, order LIMIT $limit`;

const PAGES = `${STORED} AND stored.n > $after AND coalesce(p.summaryVariant <> $variant, true)
  WITH stored, p ORDER BY stored.n LIMIT $limit
  RETURN stored.n AS at, p.n AS key, p.title AS title, p.description AS description, p.language AS language,
    COLLECT {
      MATCH (p)-[:HAS_SECTION]->(s)-[:SHOWS]->(b) WHERE b.text <> ''
      RETURN {path: s.path, heading: s.heading, text: coalesce(b.summary, left(b.text, $characters))}
      ORDER BY s.order LIMIT $parts
    } AS parts ORDER BY at`;

const SUMMED = `WHERE p.goneSince IS NULL
  RETURN p {.title, .language, text: coalesce(p.summary, p.description, '')} ORDER BY has.depth, has.n LIMIT $pages`;

const SUMS = {
  group: `
    MATCH (:CRAWL {id: $crawlId})-[:OF]->(r)-[:HAS_GROUP]->(g) WHERE g.id > $after
    WITH r, g ORDER BY g.id LIMIT $limit
    RETURN g.id AS id, g.name AS title, COLLECT { MATCH (g)-[:HAS_MEMBER]->(p)<-[has:HAS_PAGE]-(r) ${SUMMED} } AS pages
    ORDER BY id`,
  site: `
    MATCH (:CRAWL {id: $crawlId})-[:OF]->(r)
    RETURN r.n AS id, r.url AS title, COLLECT { MATCH (r)-[has:HAS_PAGE]->(p) ${SUMMED} } AS pages`,
};

const covered = (node: string) =>
  `RETURN count(${node}) AS found, count(CASE WHEN ${node}.summaryVariant = $variant THEN 1 END) AS summarised`;
const COVERAGE = `
  MATCH (:CRAWL {id: $crawlId})-[:STORED]->(p) ${covered('p')} UNION ALL
  MATCH (:CRAWL {id: $crawlId})-[:STORED]->()-[:HAS_SECTION]->()-[:SHOWS]->(b) WHERE b.text <> ''
  WITH DISTINCT b ${covered('b')} UNION ALL
  MATCH (:CRAWL {id: $crawlId})-[:OF]->()-[:HAS_GROUP]->(g) ${covered('g')} UNION ALL
  MATCH (c:CRAWL {id: $crawlId})-[:OF]->(r) WHERE EXISTS { (c)-[:STORED]->() } ${covered('r')}`;

const SPENDING = `
  MATCH (c:CRAWL {id: $crawlId})
  RETURN coalesce(c.summariesMade, 0) AS made, coalesce(c.summaryCalls, 0) AS calls,
    coalesce(c.summaryTokens, 0) AS tokens`;

/** Reads what has a summary, what has none yet, and what it would be made from. */
export function neo4jSummaryReader(run: Run): SummaryReader {
  return {
    storedAfter: (range) => run(STORED_AFTER, range),
    sections: (query) => run(SECTIONS, query),
    pages: (query) => run(PAGES, query),
    sums: (level, range) => run(SUMS[level], range),
    coverage: (query) => run(COVERAGE, query),
    cached: (keys) =>
      run('UNWIND $keys AS key MATCH (s:SUMMARY {key: key}) RETURN key, s.text AS text', { keys }),
    spending: (crawlId) => run(SPENDING, { crawlId }),
  };
}
