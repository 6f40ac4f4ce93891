import { mayBeMisspelt, nearlySpelt, type SpeltWord } from '../../../core/map/spelling.ts';
import type { AskedWord, KnownWord, WordForm } from '../../../ports/graph-store.ts';
import type { Run } from '../neo4j.ts';
import { WORD_INDEX } from '../schema.ts';

/** Words with one beginning that are counted. */
const MOST_FORMS = 50;
/** Edits that the full-text index bridges. */
const MOST_EDITS = 2;

const DOCUMENTS = `
  UNWIND $beginnings AS beginning
  CALL {
    WITH beginning MATCH (w:WORD) WHERE w.text STARTS WITH beginning AND w.documents > 0
    WITH w ORDER BY w.text LIMIT ${MOST_FORMS}
    RETURN sum(w.documents) AS documents
  }
  RETURN beginning, documents`;

const NEAR = `
  CALL db.index.fulltext.queryNodes('${WORD_INDEX}', $query) YIELD node
  WHERE node.documents > 0
  RETURN node.text AS word, node.documents AS documents`;

/** The forms in which the map has words. One that no text has is taken for misspelt. */
export async function knownWords(run: Run, asked: readonly AskedWord[]): Promise<readonly KnownWord[]> {
  const documents = await countDocuments(
    run,
    asked.map(({ stem }) => stem),
  );
  const words: KnownWord[] = [];
  for (const word of asked) {
    const itself = { text: word.text, stem: word.stem, likeness: 1 };
    const found = documents.get(word.stem) ?? 0;
    const isKnown = found > 0 || !mayBeMisspelt(word);
    words.push(isKnown ? { forms: [itself], documents: found } : await corrected(run, itself));
  }
  return words;
}

async function corrected(run: Run, itself: WordForm): Promise<KnownWord> {
  const alike = await run<SpeltWord>(NEAR, { query: `${itself.text}~${MOST_EDITS}` });
  /** The first letter may be missing, or stand second. */
  const letters = new Set(itself.text.slice(0, 2));
  const near = nearlySpelt(
    itself.text,
    alike.filter(({ word }) => letters.has(word.slice(0, 1))),
  );
  const documents = await countDocuments(
    run,
    near.map(({ text }) => text),
  );
  const sum = near.reduce((total, { text }) => total + (documents.get(text) ?? 0), 0);
  return { forms: [itself, ...near], documents: sum };
}

async function countDocuments(run: Run, beginnings: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (beginnings.length === 0) return new Map();
  const rows = await run<{ beginning: string; documents: number }>(DOCUMENTS, {
    beginnings: [...new Set(beginnings)],
  });
  return new Map(rows.map(({ beginning, documents }) => [beginning, documents]));
}
