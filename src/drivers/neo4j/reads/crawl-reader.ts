import type { CrawlHead } from '../../../model/history.ts';
import type { StoredPage } from '../../../model/page.ts';
import type {
  ContentRow,
  ContentSection,
  CrawlPageRow,
  CrawlReader,
  CrawlRow,
  Key,
  VersionRow,
} from '../../../ports/map-reader.ts';
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

const CRAWL = `MATCH (c:CRAWL {id: $crawlId})-[:OF]->(r) RETURN ${CRAWL_ROW} AS crawl`;

const CRAWLS = `
  MATCH (r:ROOT {url: $site})<-[:OF]-(c) WHERE c.n < $key
  RETURN ${CRAWL_ROW} AS crawl ORDER BY c.n DESC LIMIT $limit`;

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
      MATCH (p)-[:HAS_SECTION]->(s)-[:SHOWS]->(b)
      RETURN s.path + '\\n' + s.type + '\\n' + b.hash + coalesce('\\n' + s.heading, '') ORDER BY s.order
    } ELSE v.sections END AS sections`;

const UNSEEN = `
  MATCH (c:CRAWL {id: $crawlId})-[:OF]->(r)-[has:HAS_PAGE]->(p)
    WHERE has.n > $after AND NOT EXISTS { (p)<-[:STORED]-(c) }
  RETURN has.n AS key, p.url AS url ORDER BY has.n LIMIT $limit`;

/** Reads crawls, their pages, and the contents that pages had. */
export class Neo4jCrawlReader implements CrawlReader {
  readonly #run: Run;

  constructor(run: Run) {
    this.#run = run;
  }

  async counts(crawlId: string) {
    const none = { pages: 0, sections: 0, links: 0, subRoots: 0 };
    const [row] = await this.#run<typeof none>(COUNTS, { crawlId });
    return row ?? none;
  }

  pages(crawlId: string, after: number, limit: number): Promise<readonly CrawlPageRow[]> {
    return this.#run<{ at: number; key: Key; page: StoredPage }>(PAGES, { crawlId, after, limit });
  }

  async crawl(crawlId: string): Promise<CrawlRow | null> {
    const [row] = await this.#run<{ crawl: CrawlRow }>(CRAWL, { crawlId });
    return row?.crawl ?? null;
  }

  async before(site: CrawlHead['site'], key: Key, limit: number): Promise<readonly CrawlRow[]> {
    const rows = await this.#run<{ crawl: CrawlRow }>(CRAWLS, { site, key, limit });
    return rows.map(({ crawl }) => crawl);
  }

  versions(crawlId: string, after: Key, limit: number): Promise<readonly VersionRow[]> {
    return this.#run(VERSIONS, { crawlId, after, limit });
  }

  async contents(versions: readonly VersionRow[]): Promise<readonly ContentRow[]> {
    const rows = await this.#run<Omit<ContentRow, 'sections'> & { sections: readonly string[] }>(CONTENTS, {
      versions,
    });
    return rows.map((row) => ({ ...row, sections: row.sections.map(contentSection) }));
  }

  unseen(crawlId: string, after: Key, limit: number) {
    return this.#run<{ key: Key; url: string }>(UNSEEN, { crawlId, after, limit });
  }
}

function contentSection(lines: string): ContentSection {
  const [path = '', type = '', content = '', heading = null] = lines.split('\n');
  return [path, type, heading, content];
}
