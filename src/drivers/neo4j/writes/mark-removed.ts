import type { Run } from '../neo4j.ts';
import { removePages } from './tombstones.ts';
import { VocabularyChanges } from './vocabulary-changes.ts';

const LOCK = `
  MATCH (c:CRAWL {id: $crawlId})-[:OF]->(r)
  UNWIND $urls AS url MATCH (p:PLACE {url: url})<-[:HAS_PAGE]-(r) WHERE NOT EXISTS { (p)<-[:STORED]-(c) }
  SET p.n = p.n
  WITH p WHERE p.goneSince IS NULL
  RETURN p.n AS n, p.words AS words`;

/** Marks pages of the crawl's site as gone, as of epoch ms `at`; those that the crawl has stored are left. */
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
