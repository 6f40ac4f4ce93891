import type { CrawlReader } from '../../../ports/map-reader.ts';
import type { Run } from '../neo4j.ts';
import { PAGE_ROW } from './page-reader.ts';

const CRAWL_ROW =
  'c {key: c.n, .id, .startedAt, .finishedAt, site: r.url, pages: COUNT { (c)-[:STORED]->() }}';

const COUNTS = `
  MATCH (r:ROOT)<-[:OF]-(:CRAWL {id: $crawlId})-[:STORED]->(p)
  RETURN count(p) AS pages, coalesce(sum(p.sections), 0) AS sections, coalesce(sum(p.links), 0) AS links,
    count(DISTINCT CASE WHEN p.host <> r.domain THEN p.host END) AS subRoots`;

const PAGES = `
  MATCH (c:CRAWL {id: $crawlId}) WITH c.n AS crawl
  MATCH ()-[stored:STORED]->(p) USING INDEX stored:STORED(crawl, n) WHERE stored.crawl = crawl AND stored.n > $after
  RETURN stored.n AS at, p.n AS key, ${PAGE_ROW} AS page ORDER BY stored.n LIMIT $limit`;

const CRAWL = `MATCH (c:CRAWL {id: $crawlId})-[:OF]->(r) RETURN ${CRAWL_ROW} AS row`;

const CRAWLS = `
  MATCH (r:ROOT {url: $site})<-[:OF]-(c) WHERE c.n < $key
  RETURN ${CRAWL_ROW} AS row ORDER BY c.n DESC LIMIT $limit`;

const VERSIONS = `
  MATCH (c:CRAWL {id: $crawlId}) WITH c.n AS crawl
  MATCH ()-[stored:STORED]->() USING INDEX stored:STORED(crawl, place)
    WHERE stored.crawl = crawl AND stored.place > $after
  RETURN stored.place AS page, stored.version AS version ORDER BY stored.place LIMIT $limit`;

/** What a page shows stands in its sections; what it showed before was stored when it was replaced. */
const CONTENTS = `
  UNWIND $versions AS wanted MATCH (p:PLACE {n: wanted.page})
  OPTIONAL MATCH (v:VERSION {id: toString(wanted.page) + ' ' + wanted.version})
  WITH wanted, p, v, p.contentHash = wanted.version AND p.goneSince IS NULL AS isShown
  RETURN wanted.page AS page, wanted.version AS version, p.url AS url, p.goneSince AS removedSince,
    CASE WHEN isShown THEN p.title ELSE v.title END AS title,
    CASE WHEN isShown THEN COLLECT {
      MATCH (p)-[:HAS_SECTION]->(s)-[:SHOWS]->(b) RETURN [s.path, s.type, s.heading, b.hash] ORDER BY s.order
    } ELSE [stored IN [line IN v.sections | split(line, '\\n')] | [stored[0], stored[1], stored[3], stored[2]]]
    END AS sections`;

const UNSEEN = `
  MATCH (c:CRAWL {id: $crawlId})-[:OF]->(r)-[has:HAS_PAGE]->(p)
    WHERE has.n > $after AND NOT EXISTS { (p)<-[:STORED]-(c) }
  RETURN has.n AS key, p.url AS url ORDER BY has.n LIMIT $limit`;

/** Reads crawls, their pages, and the contents that pages had. */
export function neo4jCrawlReader(run: Run): CrawlReader {
  return {
    counts: (crawlId) => run(COUNTS, { crawlId }),
    pages: (range) => run(PAGES, range),
    crawl: (crawlId) => run(CRAWL, { crawlId }),
    before: (query) => run(CRAWLS, query),
    versions: (range) => run(VERSIONS, range),
    contents: (versions) => run(CONTENTS, { versions }),
    unseen: (range) => run(UNSEEN, range),
  };
}
