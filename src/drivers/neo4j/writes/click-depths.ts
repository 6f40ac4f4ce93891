import type { Neo4j } from '../neo4j.ts';

/** Longer ways than this are not told apart. */
const MAX_CLICKS = 10_000;
const PAGES_AT_ONCE = 5000;

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
 * happen to answer decides by which way a page is met first; here all links are known. Each block is followed once,
 * however many pages show it. Pages that no click leads to keep the depth at which they were found.
 */
export async function setClickDepths(neo4j: Neo4j, crawlId: string): Promise<void> {
  const depths = await clickDepths(neo4j, crawlId);
  const rows = [...depths].map(([n, depth]) => ({ n, depth }));
  for (let first = 0; first < rows.length; first += PAGES_AT_ONCE)
    await neo4j.write((run) => run(SET_DEPTHS, { crawlId, rows: rows.slice(first, first + PAGES_AT_ONCE) }));
}

async function clickDepths(neo4j: Neo4j, crawlId: string): Promise<ReadonlyMap<number, number>> {
  const followed = new Set<number>();
  const depths = new Map<number, number>();
  let wave = numbers(await neo4j.rows<{ n: number }>(START, { crawlId }));
  for (let depth = 0; depth < MAX_CLICKS && wave.length > 0; depth += 1) {
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
  ask: (part: readonly number[]) => Promise<{ n: number }[]>,
): Promise<number[]> {
  const found = new Set<number>();
  for (let first = 0; first < of.length; first += PAGES_AT_ONCE)
    for (const n of numbers(await ask(of.slice(first, first + PAGES_AT_ONCE)))) found.add(n);
  return [...found];
}

function numbers(rows: readonly { readonly n: number }[]): number[] {
  return rows.map(({ n }) => n);
}
