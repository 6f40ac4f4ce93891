import type { AliasWrite } from '../../../model/page.ts';
import type { Run } from '../neo4j.ts';
import type { FoundPlaces, Places } from './places.ts';
import { removePages } from './tombstones.ts';
import { VocabularyChanges } from './vocabulary.ts';

const LOCK = `
  UNWIND $places AS place MATCH (p:PLACE {n: place}) SET p.n = p.n
  WITH p WHERE p:PAGE AND p.goneSince IS NULL RETURN p.n AS n, p.words AS words`;

/**
 * One URL leads to the other from now on, and so does what led to it: an alias never leads to an alias. If the other
 * one led to the first, it no longer does: the newer word counts.
 */
const MAKE_ALIAS = `
  MATCH (url:PLACE {n: $url}), (target:PLACE {n: $target})
  OPTIONAL MATCH (target)-[:ALIAS_OF]->(aim)
  WITH url, CASE WHEN aim IS NULL OR aim = url THEN target ELSE aim END AS end
  OPTIONAL MATCH (end)-[own:ALIAS_OF]->()
  DELETE own
  WITH url, end
  OPTIONAL MATCH (url)-[old:ALIAS_OF]->()
  DELETE old
  WITH url, end
  OPTIONAL MATCH (before)-[led:ALIAS_OF]->(url)
  DELETE led
  WITH url, end, collect(before) AS befores
  UNWIND [url] + [b IN befores WHERE b <> end] AS alias
  CREATE (alias)-[:ALIAS_OF]->(end)`;

/** The crawl that stored a page which is none any more has stored its target instead. */
const UNSTORE = `
  UNWIND $places AS place MATCH (p:PLACE {n: place})<-[stored:STORED]-(:CRAWL {n: $crawl}) DELETE stored`;

/** Who has seen aliases, and when. */
export interface AliasesSeen {
  /** By number. */
  readonly crawl: number;
  /** Epoch ms. */
  readonly at: number;
}

/** Writes aliases one after the other. A page that such a URL showed itself is removed, and no page of the crawl. */
export async function writeAliases(
  run: Run,
  places: Places,
  aliases: readonly AliasWrite[],
  { crawl, at }: AliasesSeen,
): Promise<FoundPlaces> {
  const found = await places.find(
    run,
    aliases.flatMap(({ url, target }) => [target, url]),
  );
  const urls = [...new Set(aliases.map(({ url }) => found.of(url)))].sort((a, b) => a - b);
  const shown = await run<{ n: number; words: string | null }>(LOCK, { places: urls });
  await removePages(
    run,
    shown.map(({ n }) => n),
    at,
  );
  await run(UNSTORE, { places: urls, crawl });
  const vocabulary = new VocabularyChanges();
  for (const { words } of shown) vocabulary.remove(words ?? '');
  for (const { url, target } of aliases)
    await run(MAKE_ALIAS, { url: found.of(url), target: found.of(target) });
  await vocabulary.write(run);
  return found;
}
