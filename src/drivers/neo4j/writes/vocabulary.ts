import type { Neo4j, Run } from '../neo4j.ts';

/** Counts by how many texts more, or fewer, hold each word. */
export class VocabularyChanges {
  readonly #changes = new Map<string, number>();

  /** @param words of one text, each once, between spaces. */
  add(words: string): void {
    this.#count(words, 1);
  }

  remove(words: string): void {
    this.#count(words, -1);
  }

  /** Notes the changes; `foldWords` brings them into the vocabulary. Writers of the same words do not wait for each other. */
  async write(run: Run): Promise<void> {
    const changes = [...this.#changes].filter(([, by]) => by !== 0);
    if (changes.length === 0) return;
    await run('CREATE (:WORD_CHANGES {words: $words, by: $by})', {
      words: changes.map(([word]) => word).join(' '),
      by: changes.map(([, by]) => by).join(' '),
    });
  }

  #count(words: string, by: number): void {
    if (words === '') return;
    for (const word of words.split(' ')) this.#changes.set(word, (this.#changes.get(word) ?? 0) + by);
  }
}

/** Notes that are folded in one transaction. */
const NOTES_AT_ONCE = 64;

const PENDING = 'RETURN COUNT { (:WORD_CHANGES) } AS notes';

/** One process at a time. */
const LOCK = "MERGE (c:COUNTER {name: 'folds'}) SET c.value = coalesce(c.value, 0) + 1";
const READ = `
  MATCH (c:WORD_CHANGES) WITH c LIMIT ${NOTES_AT_ONCE}
  RETURN elementId(c) AS id, c.words AS words, c.by AS by`;
const ADD = `
  UNWIND $rows AS row MERGE (w:WORD {text: row.text})
  SET w.documents = coalesce(w.documents, 0) + row.by`;
const FORGET = 'UNWIND $ids AS id MATCH (c:WORD_CHANGES) WHERE elementId(c) = id DELETE c';

interface Note {
  readonly id: string;
  /** Between spaces. */
  readonly words: string;
  /** By how many texts more or fewer hold each word, between spaces. */
  readonly by: string;
}

/**
 * Brings what transactions have noted about words into the vocabulary. Most words of one batch of pages are those of
 * the next, so that together they are far fewer rows than one by one.
 */
export async function foldWords(neo4j: Neo4j): Promise<void> {
  for (;;) {
    const [pending] = await neo4j.rows<{ notes: number }>(PENDING);
    if ((pending?.notes ?? 0) === 0) return;
    await neo4j.write(foldSome);
  }
}

async function foldSome(run: Run): Promise<void> {
  await run(LOCK);
  const notes = await run<Note>(READ);
  const changes = new Map<string, number>();
  for (const note of notes) {
    const by = note.by.split(' ').map(Number);
    for (const [index, word] of note.words.split(' ').entries())
      changes.set(word, (changes.get(word) ?? 0) + (by[index] ?? 0));
  }
  const rows = [...changes].filter(([, by]) => by !== 0).map(([text, by]) => ({ text, by }));
  await run(ADD, { rows });
  await run(FORGET, { ids: notes.map(({ id }) => id) });
}
