import type { SummarySpending } from '../../../model/summary.ts';
import type {
  Covered,
  PageSubjectRow,
  SectionSubjectRow,
  SummaryReader,
  SumRow,
} from '../../../ports/map-reader.ts';
import type { Run } from '../neo4j.ts';

const STORED = `
  MATCH (c:CRAWL {id: $crawlId}) WITH c.n AS crawl
  MATCH ()-[stored:STORED]->(p) USING INDEX stored:STORED(crawl, n) WHERE stored.crawl = crawl`;

const STORED_AFTER = `${STORED} AND stored.n > $at
  WITH stored ORDER BY stored.n LIMIT $count RETURN max(stored.n) AS at`;

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

const GROUPS = `
  MATCH (:CRAWL {id: $crawlId})-[:OF]->(r)-[:HAS_GROUP]->(g) WHERE g.id > $after
  WITH r, g ORDER BY g.id LIMIT $limit
  RETURN g.id AS id, g.name AS title, COLLECT { MATCH (g)-[:HAS_MEMBER]->(p)<-[has:HAS_PAGE]-(r) ${SUMMED} } AS pages
  ORDER BY id`;

const SITE = `
  MATCH (:CRAWL {id: $crawlId})-[:OF]->(r)
  RETURN r.n AS id, r.url AS title, COLLECT { MATCH (r)-[has:HAS_PAGE]->(p) ${SUMMED} } AS pages`;

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
export class Neo4jSummaryReader implements SummaryReader {
  readonly #run: Run;

  constructor(run: Run) {
    this.#run = run;
  }

  async storedAfter(crawlId: string, at: number, count: number): Promise<number | null> {
    const [row] = await this.#run<{ at: number | null }>(STORED_AFTER, { crawlId, at, count });
    return row?.at ?? null;
  }

  sections(
    crawlId: string,
    variant: string,
    range: { readonly at: number; readonly order: number; readonly until: number },
    size: { readonly limit: number; readonly characters: number },
  ): Promise<readonly SectionSubjectRow[]> {
    return this.#run(SECTIONS, { crawlId, variant, ...range, ...size });
  }

  pages(
    crawlId: string,
    variant: string,
    after: number,
    size: { readonly limit: number; readonly parts: number; readonly characters: number },
  ): Promise<readonly PageSubjectRow[]> {
    return this.#run(PAGES, { crawlId, variant, after, ...size });
  }

  groups(crawlId: string, after: string, limit: number, pages: number): Promise<readonly SumRow[]> {
    return this.#run(GROUPS, { crawlId, after, limit, pages });
  }

  async site(crawlId: string, pages: number): Promise<SumRow | null> {
    const [row] = await this.#run<SumRow>(SITE, { crawlId, pages });
    return row ?? null;
  }

  coverage(crawlId: string, variant: string): Promise<readonly Covered[]> {
    return this.#run(COVERAGE, { crawlId, variant });
  }

  async cached(keys: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const rows = await this.#run<{ key: string; text: string }>(
      'UNWIND $keys AS key MATCH (s:SUMMARY {key: key}) RETURN key, s.text AS text',
      { keys },
    );
    return new Map(rows.map(({ key, text }) => [key, text]));
  }

  async spending(crawlId: string): Promise<SummarySpending | null> {
    const [row] = await this.#run<SummarySpending>(SPENDING, { crawlId });
    return row ?? null;
  }
}
