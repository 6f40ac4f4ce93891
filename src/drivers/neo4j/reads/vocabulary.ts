import { mayBeMisspelt, nearlySpelt } from '../../../core/map/spelling.ts';
import type { AskedWord, KnownWord, WordForm } from '../../../model/question.ts';
import type { Neo4j } from '../neo4j.ts';
import { WORD_INDEX } from '../schema.ts';
import { foldWords } from '../writes/vocabulary.ts';

/** Words with one beginning that are counted. */
const MAX_FORMS = 50;
/** Edits that the full-text index bridges. */
const MAX_EDITS = 2;

/** Everything that a question is weighed by. */
const COUNTS = `
  CALL {
    UNWIND $beginnings AS beginning
    CALL {
      WITH beginning MATCH (w:WORD) WHERE w.text STARTS WITH beginning AND w.documents > 0
      WITH w ORDER BY w.text LIMIT ${MAX_FORMS}
      RETURN sum(w.documents) AS documents
    }
    RETURN collect([beginning, documents]) AS counts
  }
  RETURN counts, COUNT { (:WORD_CHANGES) } AS notes, COUNT { (:BLOCK) } + COUNT { (:PAGE) } AS documents`;

const NEAR = `
  UNWIND $words AS asked
  CALL {
    WITH asked CALL db.index.fulltext.queryNodes('${WORD_INDEX}', asked + '~${MAX_EDITS}') YIELD node
    WHERE node.documents > 0
    RETURN collect([node.text, node.documents]) AS near
  }
  RETURN asked, near`;

interface Counts {
  readonly counts: readonly (readonly [beginning: string, documents: number])[];
  /** Of words that are not in the vocabulary yet. */
  readonly notes: number;
  /** Texts of the map. */
  readonly documents: number;
}

interface NearRow {
  readonly asked: string;
  readonly near: readonly (readonly [word: string, documents: number])[];
}

export interface Vocabulary {
  readonly words: readonly KnownWord[];
  /** Texts of the map. */
  readonly documents: number;
}

/** The forms in which the map has words. One that no text has is taken for misspelt. */
export async function knownWords(neo4j: Neo4j, asked: readonly AskedWord[]): Promise<Vocabulary> {
  const stems = asked.map(({ stem }) => stem);
  let counted = await count(neo4j, stems);
  if (counted.notes > 0) {
    await foldWords(neo4j);
    counted = await count(neo4j, stems);
  }
  const counts = new Map(counted.counts);
  const isMissing = (word: AskedWord) => (counts.get(word.stem) ?? 0) === 0 && mayBeMisspelt(word);
  const corrections = await correct(
    neo4j,
    asked.filter(isMissing).map(({ text }) => text),
  );
  const words = asked.map((word): KnownWord => {
    const itself = { text: word.text, stem: word.stem, likeness: 1 };
    const { forms = [], documents = counts.get(word.stem) ?? 0 } = corrections.get(word.text) ?? {};
    return { forms: [itself, ...forms], documents };
  });
  return { words, documents: counted.documents };
}

/** Words that are spelt nearly so, for each that was asked for. */
async function correct(neo4j: Neo4j, words: readonly string[]): Promise<ReadonlyMap<string, KnownWord>> {
  if (words.length === 0) return new Map();
  const rows = await neo4j.rows<NearRow>(NEAR, { words: [...new Set(words)] });
  const forms = rows.map(({ asked, near }) => ({ asked, near: nearForms(asked, near) }));
  const { counts } = await count(
    neo4j,
    forms.flatMap(({ near }) => near.map(({ text }) => text)),
  );
  const documents = new Map(counts);
  const sum = (near: readonly WordForm[]) =>
    near.reduce((total, { text }) => total + (documents.get(text) ?? 0), 0);
  return new Map(forms.map(({ asked, near }) => [asked, { forms: near, documents: sum(near) }]));
}

/** The first letter may be missing, or stand second. */
function nearForms(asked: string, near: NearRow['near']): readonly WordForm[] {
  const letters = new Set(asked.slice(0, 2));
  const documents = new Map(near.filter(([word]) => letters.has(word.slice(0, 1))));
  return nearlySpelt(asked, documents.keys(), (word) => documents.get(word) ?? 0);
}

async function count(neo4j: Neo4j, beginnings: readonly string[]): Promise<Counts> {
  const [row] = await neo4j.rows<Counts>(COUNTS, { beginnings: [...new Set(beginnings)] });
  return row ?? { counts: [], notes: 0, documents: 0 };
}
