import type { Neo4j } from '../neo4j.ts';

/** Crawls of a site that are remembered. */
const KEPT = 30;
/** Pages of an old crawl that are forgotten at once; the rest after a later crawl. */
const MAX_AT_ONCE = 20_000;

const OLDEST = `
  MATCH (:CRAWL {id: $crawlId})-[:OF]->(r)<-[:OF]-(old)
  WITH old ORDER BY old.n DESC SKIP ${KEPT}
  RETURN old.n AS n ORDER BY n LIMIT 1`;

/** A content that no crawl refers to any more is forgotten too. */
const FORGET = `
  MATCH (c:CRAWL {n: $n})-[stored:STORED]->(p)
  WITH p, stored, stored.version AS version LIMIT ${MAX_AT_ONCE}
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
  await neo4j.write((run) => run(FORGET, oldest));
  await neo4j.write((run) => run(LEAVE, oldest));
}
