import type { Run } from '../neo4j.ts';
import { VocabularyChanges } from './vocabulary.ts';

/** What a page shows is written down before it is replaced or taken away: path, type, block and heading, in lines. */
const KEEP_VERSION = `
  UNWIND $pages AS page MATCH (p:PLACE {n: page})
  OPTIONAL MATCH (p)-[:HAS_SECTION]->(s)-[:SHOWS]->(b)
  WITH p, s, b ORDER BY s.order
  WITH p, collect(s.path + '\\n' + s.type + '\\n' + b.hash + coalesce('\\n' + s.heading, '')) AS sections
  MERGE (v:VERSION {id: toString(p.n) + ' ' + p.contentHash})
    ON CREATE SET v.title = p.title, v.sections = sections
  MERGE (p)-[:HAD_VERSION]->(v)`;

const TAKE_SECTIONS = `
  UNWIND $pages AS page MATCH (p:PLACE {n: page})-[has:HAS_SECTION]->(s)-[shows:SHOWS]->(b)
  SET s.lastSeen = p.fetchedAt
  CREATE (p)-[:HAD_SECTION]->(s), (s)-[:SHOWED]->(b)
  DELETE has, shows`;

const FORGET_NAMES = `
  UNWIND $pages AS page MATCH (:PLACE {n: page})-[:CALLED]->(x)
  DETACH DELETE x`;

const REMOVE = `
  UNWIND $pages AS page MATCH (p:PLACE {n: page})
  SET p.goneSince = $at REMOVE p.words
  WITH p MATCH (p)<-[has:HAS_PAGE]-(r)
  CREATE (r)-[had:HAD_PAGE]->(p) SET had = properties(has) DELETE has
  WITH DISTINCT p REMOVE p.linkedAs
  WITH p MATCH (p)-[links:SERVES|LINKS_TO]-() DELETE links`;

const BRING_BACK = `
  UNWIND $pages AS page MATCH (p:PLACE {n: page})
  REMOVE p.goneSince
  WITH p MATCH (p)<-[had:HAD_PAGE]-(r)
  CREATE (r)-[has:HAS_PAGE]->(p) SET has = properties(had) DELETE had
  WITH r, p MATCH (r)-[:HAS_SUBROOT]->(sub:SUBROOT {host: p.host})
  CREATE (sub)-[:SERVES]->(p)`;

/** Takes off pages what they show, by number: it stays as what they had. Those without any are left as they are. */
export async function takeOff(run: Run, pages: readonly number[]): Promise<void> {
  if (pages.length === 0) return;
  await run(KEEP_VERSION, { pages });
  await run(TAKE_SECTIONS, { pages });
  await run(FORGET_NAMES, { pages });
}

/** Removes pages as of epoch ms `at`: nothing leads to them any more, but the map keeps what they had. */
export async function removePages(run: Run, pages: readonly number[], at: number): Promise<void> {
  if (pages.length === 0) return;
  await takeOff(run, pages);
  await run(REMOVE, { pages, at });
}

/** Makes removed pages present again, without sections for now. */
export async function bringBack(run: Run, pages: readonly number[]): Promise<void> {
  if (pages.length > 0) await run(BRING_BACK, { pages });
}

const LOCK = `
  MATCH (c:CRAWL {id: $crawlId})-[:OF]->(r)
  UNWIND $urls AS url MATCH (p:PLACE {url: url})<-[:HAS_PAGE]-(r) WHERE NOT EXISTS { (p)<-[:STORED]-(c) }
  SET p.n = p.n
  WITH p WHERE p.goneSince IS NULL
  RETURN p.n AS n, p.words AS words`;

/** Marks pages of the crawl's site as removed, as of epoch ms `at`; those that the crawl has stored are left. */
export async function markRemoved(
  run: Run,
  crawlId: string,
  urls: readonly string[],
  at: number,
): Promise<void> {
  const rows = await run<{ n: number; words: string | null }>(LOCK, {
    crawlId,
    urls: [...new Set(urls)].sort(),
  });
  const vocabulary = new VocabularyChanges();
  for (const { words } of rows) vocabulary.remove(words ?? '');
  await removePages(
    run,
    rows.map(({ n }) => n),
    at,
  );
  await vocabulary.write(run);
}
