import { MAX_CLICK_DEPTH, MAX_FORGOTTEN_PAGES, MAX_KEPT_CRAWLS } from '../../../core/map/limits.ts';
import { MIN_REPEATS } from '../../../core/map/step-cost.ts';
import type { Neo4j } from '../neo4j.ts';

const DEPTHS_AT_ONCE = 5000;

const START = `
  MATCH (:CRAWL {id: $crawlId})-[:OF]->(r:ROOT)
  MATCH (root:PLACE {url: r.url})
  OPTIONAL MATCH (root)-[:ALIAS_OF]->(led)
  RETURN coalesce(led, root).n AS n`;

/** Blocks that pages of the crawl show. */
const SHOWN = `
  MATCH (c:CRAWL {id: $crawlId})
  UNWIND $pages AS n MATCH (p:PLACE {n: n}) WHERE EXISTS { (p)<-[:STORED]-(c) }
  MATCH (p)-[:HAS_SECTION]->()-[:SHOWS]->(b)
  RETURN DISTINCT b.n AS n`;

const LINKED = `
  UNWIND $blocks AS n MATCH (:BLOCK {n: n})-[:LINKS]->(u)
  OPTIONAL MATCH (u)-[:ALIAS_OF]->(led)
  WITH coalesce(led, u) AS p WHERE p:PAGE
  RETURN DISTINCT p.n AS n`;

const SET_DEPTHS = `
  MATCH (c:CRAWL {id: $crawlId})-[:OF]->(r)
  UNWIND $rows AS row
  MATCH (p:PLACE {n: row.n})<-[:STORED]-(c)
  SET p.depth = row.depth
  WITH p, r, row MATCH (p)<-[has:HAS_PAGE|HAD_PAGE]-(r) SET has.depth = row.depth`;

/**
 * Sets the depth of a crawl's pages to the clicks from the site's root. While a crawl runs, the order in which pages
 * happen to load decides by which links a page is met first; here all links are known. Each block is followed once,
 * however many pages show it. Pages that no click leads to keep the depth at which they were found.
 */
export async function setClickDepths(neo4j: Neo4j, crawlId: string): Promise<void> {
  const depths = await clickDepths(neo4j, crawlId);
  const rows = [...depths].map(([n, depth]) => ({ n, depth }));
  for (let first = 0; first < rows.length; first += DEPTHS_AT_ONCE)
    await neo4j.write((run) => run(SET_DEPTHS, { crawlId, rows: rows.slice(first, first + DEPTHS_AT_ONCE) }));
}

async function clickDepths(neo4j: Neo4j, crawlId: string): Promise<ReadonlyMap<number, number>> {
  const followed = new Set<number>();
  const depths = new Map<number, number>();
  let wave = numbers(await neo4j.rows<{ n: number }>(START, { crawlId }));
  for (let depth = 0; depth < MAX_CLICK_DEPTH && wave.length > 0; depth += 1) {
    for (const page of wave) depths.set(page, depth);
    const shown = await inParts(wave, (pages) => neo4j.rows(SHOWN, { crawlId, pages }));
    const blocks = shown.filter((block) => !followed.has(block));
    for (const block of blocks) followed.add(block);
    const linked = await inParts(blocks, (part) => neo4j.rows(LINKED, { blocks: part }));
    wave = linked.filter((page) => !depths.has(page));
  }
  return depths;
}

/** Numbers that a query finds for others, some at a time; each once. */
async function inParts(
  of: readonly number[],
  read: (part: readonly number[]) => Promise<{ n: number }[]>,
): Promise<number[]> {
  const found = new Set<number>();
  for (let first = 0; first < of.length; first += DEPTHS_AT_ONCE)
    for (const n of numbers(await read(of.slice(first, first + DEPTHS_AT_ONCE)))) found.add(n);
  return [...found];
}

function numbers(rows: readonly { readonly n: number }[]): number[] {
  return rows.map(({ n }) => n);
}

/** Pages of a transaction. */
const LINKED_AT_ONCE = 100;
/** Sections whose links are no content: those that `linkPlace` keeps apart from it. */
const SURROUNDINGS = ['header', 'navigation', 'footer', 'breadcrumb', 'pagination'];

const PAGES = `
  MATCH (:CRAWL {id: $crawlId})-[:STORED]->(p)
    WHERE p.goneSince IS NULL AND coalesce(p.linkedAs <> p.contentHash, true)
  RETURN p.n AS n ORDER BY n`;

const SITE_PAGES = `
  MATCH (:CRAWL {id: $crawlId})-[:OF]->(r) RETURN COUNT { (r)-[:HAS_PAGE]->() } AS sitePages`;

const FORGET_LINKS = 'UNWIND $pages AS n MATCH (:PLACE {n: n})-[old:LINKS_TO]->() DELETE old';

const LINK = `
  UNWIND $pages AS n
  MATCH (p:PLACE {n: n})-[:HAS_SECTION]->(s)-[:SHOWS]->(b)
    WHERE NOT s.type IN $surroundings AND NOT s.path =~ '(?:.*/)?footer[\\\\[#/].*'
  WITH p, s, b, COUNT { (b)<-[:SHOWS]-() } AS shown
    WHERE shown < ${MIN_REPEATS} OR shown * 2 <= $sitePages
  MATCH (b)-[l:LINKS]->(u)
  OPTIONAL MATCH (u)-[:ALIAS_OF]->(led)
  WITH p, s, l, coalesce(led, u) AS to WHERE to:PAGE AND to <> p
  WITH p, to, s, l ORDER BY s.order, l.order
  WITH p, to, count(l) AS count, collect({text: l.text, role: coalesce(l.role, 'link'), section: s.order})[0] AS first
  CREATE (p)-[:LINKS_TO {text: first.text, role: first.role, section: first.section, count: count}]->(to)`;

const DONE = 'UNWIND $pages AS n MATCH (p:PLACE {n: n}) SET p.linkedAs = p.contentHash';

/**
 * Makes a relationship of the links that lead from the text of one page to another: what a person sees of the graph
 * without its menus. Which blocks most pages repeat is known only when a crawl has finished. Waymark itself does not read these links.
 */
export async function linkContents(neo4j: Neo4j, crawlId: string): Promise<void> {
  const [site] = await neo4j.rows<{ sitePages: number }>(SITE_PAGES, { crawlId });
  const rows = await neo4j.rows<{ n: number }>(PAGES, { crawlId });
  const sitePages = site?.sitePages ?? 0;
  for (let first = 0; first < rows.length; first += LINKED_AT_ONCE) {
    const pages = rows.slice(first, first + LINKED_AT_ONCE).map(({ n }) => n);
    await neo4j.write(async (run) => {
      await run(FORGET_LINKS, { pages });
      await run(LINK, { pages, sitePages, surroundings: SURROUNDINGS });
      await run(DONE, { pages });
    });
  }
}

const OLDEST = `
  MATCH (:CRAWL {id: $crawlId})-[:OF]->(r)<-[:OF]-(old)
  WITH old ORDER BY old.n DESC SKIP ${MAX_KEPT_CRAWLS}
  RETURN old.n AS n ORDER BY n LIMIT 1`;

/** A content that no crawl refers to any more is forgotten too. */
const FORGET_PAGES = `
  MATCH (c:CRAWL {n: $n})-[stored:STORED]->(p)
  WITH p, stored, stored.version AS version LIMIT ${MAX_FORGOTTEN_PAGES}
  DELETE stored
  WITH p, version
  MATCH (v:VERSION {id: toString(p.n) + ' ' + version})
    WHERE NOT EXISTS { (p)<-[other:STORED]-() WHERE other.version = version }
  DETACH DELETE v`;

const LEAVE = `
  MATCH (c:CRAWL {n: $n})-[of:OF]->() WHERE NOT EXISTS { (c)-[:STORED]->() }
  DELETE of`;

/** Forgets what the oldest crawl of a site stored, once there are many newer ones. Pages themselves stay. */
export async function forgetOldCrawls(neo4j: Neo4j, crawlId: string): Promise<void> {
  const [oldest] = await neo4j.rows<{ n: number }>(OLDEST, { crawlId });
  if (oldest === undefined) return;
  await neo4j.write((run) => run(FORGET_PAGES, oldest));
  await neo4j.write((run) => run(LEAVE, oldest));
}
