import type { Neo4j } from '../neo4j.ts';

/** Pages of a transaction. */
const PAGES_AT_ONCE = 100;
/** Sections that lead elsewhere on every page; the same as `linkPlace` tells from the text of a page. */
const SURROUNDINGS = ['header', 'navigation', 'footer', 'breadcrumb', 'pagination'];
const FEW_PAGES = 3;

const PAGES = `
  MATCH (:CRAWL {id: $crawlId})-[:STORED]->(p)
    WHERE p.goneSince IS NULL AND coalesce(p.linkedAs <> p.contentHash, true)
  RETURN p.n AS n ORDER BY n`;

const SITE_PAGES = `
  MATCH (:CRAWL {id: $crawlId})-[:OF]->(r) RETURN COUNT { (r)-[:HAS_PAGE]->() } AS sitePages`;

const FORGET = 'UNWIND $pages AS n MATCH (:PLACE {n: n})-[old:LINKS_TO]->() DELETE old';

const LINK = `
  UNWIND $pages AS n
  MATCH (p:PLACE {n: n})-[:HAS_SECTION]->(s)-[:SHOWS]->(b)
    WHERE NOT s.type IN $surroundings AND NOT s.path =~ '(?:.*/)?footer[\\\\[#/].*'
  WITH p, s, b, COUNT { (b)<-[:SHOWS]-() } AS shown
    WHERE shown < ${FEW_PAGES} OR shown * 2 <= $sitePages
  MATCH (b)-[l:LINKS]->(u)
  OPTIONAL MATCH (u)-[:ALIAS_OF]->(led)
  WITH p, s, l, coalesce(led, u) AS to WHERE to:PAGE AND to <> p
  WITH p, to, s, l ORDER BY s.order, l.order
  WITH p, to, count(l) AS count, collect({text: l.text, role: coalesce(l.role, 'link'), section: s.order})[0] AS first
  CREATE (p)-[:LINKS_TO {text: first.text, role: first.role, section: first.section, count: count}]->(to)`;

const DONE = 'UNWIND $pages AS n MATCH (p:PLACE {n: n}) SET p.linkedAs = p.contentHash';

/**
 * Makes a relationship of the links that lead from the text of one page to another: what a person sees of the graph
 * without its menus. Only a finished crawl tells which blocks most pages repeat. Nothing of ours reads them.
 */
export async function linkContents(neo4j: Neo4j, crawlId: string): Promise<void> {
  const [site] = await neo4j.rows<{ sitePages: number }>(SITE_PAGES, { crawlId });
  const rows = await neo4j.rows<{ n: number }>(PAGES, { crawlId });
  const sitePages = site?.sitePages ?? 0;
  for (let first = 0; first < rows.length; first += PAGES_AT_ONCE) {
    const pages = rows.slice(first, first + PAGES_AT_ONCE).map(({ n }) => n);
    await neo4j.write(async (run) => {
      await run(FORGET, { pages });
      await run(LINK, { pages, sitePages, surroundings: SURROUNDINGS });
      await run(DONE, { pages });
    });
  }
}
