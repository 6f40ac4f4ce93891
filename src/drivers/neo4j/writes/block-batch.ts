import type { Known } from '../../../core/known.ts';
import { nameRank } from '../../../core/map/index-rank.ts';
import type { Name } from '../../../core/map/names-of.ts';
import { wordsOf } from '../../../core/map/words-of.ts';
import { grams } from '../grams.ts';
import type { Run } from '../neo4j.ts';
import type { Numbers } from '../numbers.ts';
import type { BlockDraft, NameDraft, PageDraft } from './page-draft.ts';
import type { FoundPlaces } from './places.ts';
import type { VocabularyChanges } from './vocabulary-changes.ts';

const FIND_BLOCKS = 'UNWIND $hashes AS hash MATCH (b:BLOCK {hash: hash}) RETURN hash, b.n AS n';

const MERGE_BLOCKS = `
  UNWIND $rows AS row MERGE (b:BLOCK {hash: row.hash})
    ON CREATE SET b.n = row.n, b.text = row.text, b.words = row.words, b.rank = row.rank, b.ownLinks = row.ownLinks
  RETURN b.hash AS hash, b.n AS n`;

const CREATE_LINKS = `
  UNWIND $rows AS row MATCH (b:BLOCK {n: row.n}) UNWIND row.links AS link MATCH (p:PLACE {n: link.target})
  CREATE (b)-[l:LINKS]->(p) SET l = link.about`;

/** A name that this transaction makes is told by the number that it gives it. */
const MERGE_NAMES = `
  UNWIND $rows AS row
  MERGE (x:NAME {id: row.id}) ON CREATE SET x += row.about, x.n = $made
  WITH x, row WHERE x.n = $made
  MATCH (p:PLACE {n: row.n})
  CREATE (p)-[:CALLED]->(x)`;

interface NumberedBlock {
  readonly hash: string;
  readonly n: number;
}

export interface BlockBatchParts {
  readonly run: Run;
  readonly numbers: Numbers;
  readonly places: FoundPlaces;
  readonly vocabulary: VocabularyChanges;
  /** Ids of names that are there. */
  readonly knownNames: Known<true>;
}

/** Writes what sections of some pages hold, each content once, and what these pages and their links call things. */
export class BlockBatch {
  readonly #parts: BlockBatchParts;

  constructor(parts: BlockBatchParts) {
    this.#parts = parts;
  }

  /** Answers the numbers of the blocks by hash. */
  async write(drafts: readonly PageDraft[]): Promise<ReadonlyMap<string, number>> {
    const { known, made } = await this.#merge(drafts);
    await this.#link(made);
    for (const { words } of made) this.#parts.vocabulary.add(words);
    await this.#name([...drafts.flatMap(({ names }) => names), ...made.flatMap(({ draft }) => draft.names)]);
    return known;
  }

  /** Only what is not known yet is sent. The first page that has a block decides what its links to this page are. */
  async #merge(drafts: readonly PageDraft[]) {
    const { run, numbers } = this.#parts;
    const blocks = new Map<string, BlockDraft>();
    for (const draft of drafts)
      for (const block of draft.blocks) if (!blocks.has(block.hash)) blocks.set(block.hash, block);
    const there = await run<NumberedBlock>(FIND_BLOCKS, { hashes: [...blocks.keys()] });
    const known = new Map(there.map(({ hash, n }) => [hash, n]));
    const missing = [...blocks.values()].filter(({ hash }) => !known.has(hash));
    const first = await numbers.take(missing.length);
    const rows = missing
      .map((draft, index) => ({ draft, n: first + index, words: wordsOf(draft.text).join(' ') }))
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
    for (const { hash, n } of merged) known.set(hash, n);
    return { known, made: rows.filter(({ draft, n }) => known.get(draft.hash) === n) };
  }

  async #link(made: readonly { readonly draft: BlockDraft; readonly n: number }[]): Promise<void> {
    const { run, places } = this.#parts;
    const rows = made
      .filter(({ draft }) => draft.links.length > 0)
      .map(({ draft, n }) => ({
        n,
        links: draft.links.map(({ target, ...about }) => ({ target: places.of(target), about })),
      }));
    if (rows.length > 0) await run(CREATE_LINKS, { rows });
  }

  async #name(drafts: readonly NameDraft[]): Promise<void> {
    const { run, places, numbers, knownNames } = this.#parts;
    const distinct = new Map<string, Name>();
    for (const { id, name } of drafts) if (!distinct.has(id)) distinct.set(id, name);
    const rows = [...distinct]
      .filter(([id]) => knownNames.get(id) === undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([id, name]) => ({ id, n: places.of(name.url), about: aboutName(name) }));
    if (rows.length > 0) await run(MERGE_NAMES, { rows, made: await numbers.take(1) });
  }
}

/** Names that are never taken away: what links call their targets. */
export function lastingNames(drafts: readonly PageDraft[]): readonly string[] {
  return drafts.flatMap(({ blocks }) => blocks.flatMap(({ names }) => names.map(({ id }) => id)));
}

function aboutName(name: Name) {
  const { kind, fragment, text, folded, order } = name;
  return { kind, fragment, text, order, grams: grams(folded), rank: nameRank(name) };
}
