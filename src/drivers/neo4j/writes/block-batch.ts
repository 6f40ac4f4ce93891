import type { LRUCache } from 'lru-cache';
import { nameRank } from '../../../core/map/index-rank.ts';
import { vocabularyOf } from '../../../core/map/words.ts';
import { grams } from '../grams.ts';
import type { Run } from '../neo4j.ts';
import type { BlockDraft, NameDraft, PageDraft } from './page-draft.ts';
import type { FoundPlaces, Numbers } from './places.ts';
import type { VocabularyChanges } from './vocabulary.ts';

const FIND_BLOCKS = 'UNWIND $hashes AS hash MATCH (b:BLOCK {hash: hash}) RETURN hash, b.n AS n';

const MERGE_BLOCKS = `
  UNWIND $rows AS row MERGE (b:BLOCK {hash: row.hash})
    ON CREATE SET b.n = row.n, b.text = row.text, b.words = row.words, b.rank = row.rank, b.ownLinks = row.ownLinks
  RETURN b.hash AS hash, b.n AS n`;

/**
 * A link is [target, order, text, cost, fragment, role, rel], its target an index into `targets`; what it has not is null.
 * Many links lead to few places, so that each place is looked for once.
 */
const CREATE_LINKS = `
  UNWIND range(0, size($targets) - 1) AS at MATCH (p:PLACE {n: $targets[at]})
  WITH at, p ORDER BY at WITH collect(p) AS places
  UNWIND $rows AS row MATCH (b:BLOCK {n: row.n}) UNWIND row.links AS link WITH b, link, places[link[0]] AS p
  CREATE (b)-[:LINKS {order: link[1], text: link[2], cost: link[3], fragment: link[4], role: link[5], rel: link[6]}]->(p)`;

/** A name is [id, place, kind, fragment, text, order, grams, rank]. */
const MERGE_NAME = `
  MERGE (x:NAME {id: row[0]})
    ON CREATE SET x.place = row[1], x.kind = row[2], x.fragment = row[3], x.text = row[4], x.order = row[5],
      x.grams = row[6], x.rank = row[7]`;

const LINK_NAMES = `UNWIND $rows AS row ${MERGE_NAME}`;

/** What a page calls itself and its sections goes when the page does. */
const OWN_NAMES = `
  UNWIND $pages AS page MATCH (p:PLACE {n: page.n}) UNWIND page.names AS row ${MERGE_NAME}
  MERGE (p)-[:CALLED]->(x)`;

interface NumberedBlock {
  readonly hash: string;
  readonly n: number;
}

export interface BlockBatchParts {
  readonly run: Run;
  readonly numbers: Numbers;
  readonly places: FoundPlaces;
  readonly vocabulary: VocabularyChanges;
  /** Ids of names that are stored. */
  readonly cachedNames: LRUCache<bigint, true>;
}

/** Writes what sections of some pages hold, each content once, and what these pages and their links call things. */
export class BlockBatch {
  readonly #parts: BlockBatchParts;

  constructor(parts: BlockBatchParts) {
    this.#parts = parts;
  }

  /** Returns the numbers of the blocks by hash. */
  async write(drafts: readonly PageDraft[]): Promise<ReadonlyMap<string, number>> {
    const { numberOf, made } = await this.#merge(drafts);
    await this.#link(made);
    for (const { words } of made) this.#parts.vocabulary.add(words);
    await this.#nameTargets(made.map(({ draft }) => draft));
    await this.#namePages(drafts);
    return numberOf;
  }

  /** Sends only new blocks. The first page that has a block decides what its links to this page are. */
  async #merge(drafts: readonly PageDraft[]) {
    const { run, numbers } = this.#parts;
    const blocks = new Map<string, BlockDraft>();
    for (const draft of drafts)
      for (const block of draft.blocks) if (!blocks.has(block.hash)) blocks.set(block.hash, block);
    const there = await run<NumberedBlock>(FIND_BLOCKS, { hashes: [...blocks.keys()] });
    const numberOf = new Map(there.map(({ hash, n }) => [hash, n]));
    const missing = [...blocks.values()].filter(({ hash }) => !numberOf.has(hash));
    const first = await numbers.take(missing.length);
    const rows = missing
      .map((draft, index) => ({ draft, n: first + index, words: vocabularyOf(draft.text).join(' ') }))
      .sort((a, b) => (a.draft.hash < b.draft.hash ? -1 : 1));
    const merged = await run<NumberedBlock>(MERGE_BLOCKS, {
      rows: rows.map(({ draft: { hash, text, rank, ownLinks }, n, words }) => ({
        hash,
        n,
        text,
        words,
        rank,
        ownLinks,
      })),
    });
    for (const { hash, n } of merged) numberOf.set(hash, n);
    return { numberOf, made: rows.filter(({ draft, n }) => numberOf.get(draft.hash) === n) };
  }

  async #link(made: readonly { readonly draft: BlockDraft; readonly n: number }[]): Promise<void> {
    const { run, places } = this.#parts;
    const targets = new Map<number, number>();
    const indexOf = (place: number) => {
      const index = targets.get(place) ?? targets.size;
      targets.set(place, index);
      return index;
    };
    const rows = made
      .filter(({ draft }) => draft.links.length > 0)
      .map(({ draft, n }) => ({
        n,
        links: draft.links.map(({ target, order, text, cost, fragment, role, rel }) => [
          indexOf(places.of(target)),
          order,
          text,
          cost,
          fragment,
          role,
          rel,
        ]),
      }));
    if (rows.length > 0) await run(CREATE_LINKS, { rows, targets: [...targets.keys()] });
  }

  /** Names that links give, in one order everywhere, lest two transactions wait for each other. */
  async #nameTargets(made: readonly BlockDraft[]): Promise<void> {
    const { run, cachedNames } = this.#parts;
    const fresh = made.flatMap(({ names }) => names.filter(({ id }) => cachedNames.get(id) === undefined));
    const rows = distinct(fresh)
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .map((draft) => this.#nameRow(draft));
    if (rows.length > 0) await run(LINK_NAMES, { rows });
  }

  /** Nobody else writes these: the pages are locked. */
  async #namePages(drafts: readonly PageDraft[]): Promise<void> {
    const { run, places } = this.#parts;
    const pages = drafts
      .filter(({ names }) => names.length > 0)
      .map(({ page, names }) => ({
        n: places.of(page.url),
        names: distinct(names).map((draft) => this.#nameRow(draft)),
      }));
    if (pages.length > 0) await run(OWN_NAMES, { pages });
  }

  #nameRow({ id, name }: NameDraft): readonly unknown[] {
    const { url, kind, fragment, text, folded, order } = name;
    return [id, this.#parts.places.of(url), kind, fragment, text, order, grams(folded), nameRank(name)];
  }
}

/** Each name once: the first of equal ones. */
function distinct(drafts: readonly NameDraft[]): NameDraft[] {
  return [...new Map(drafts.toReversed().map((draft) => [draft.id, draft])).values()].reverse();
}

/** Names that are never taken away: what links call their targets. */
export function lastingNames(drafts: readonly PageDraft[]): readonly bigint[] {
  return drafts.flatMap(({ blocks }) => blocks.flatMap(({ names }) => names.map(({ id }) => id)));
}
