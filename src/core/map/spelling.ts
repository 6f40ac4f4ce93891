import type { QueryWord, SearchWord, WordForm } from '../../model/search-query.ts';
import type { CountedWord, SearchIndex } from '../../ports/search-index.ts';
import { stemOf } from './words.ts';

/** Shorter words are taken as they are. Korean letters are counted, not syllables. */
const MIN_CORRECTED = 4;
const MAX_FORMS = 3;
/** From this length on, two letters may be wrong. */
const LONG_WORD = 7;
/** Words with one beginning that are counted. */
const MAX_COUNTED = 50;

/**
 * The words of a query in the forms in which the map has them, with the number of texts of the map. A word that no
 * text contains is taken for misspelt.
 */
export async function searchWords(
  index: SearchIndex,
  words: readonly QueryWord[],
): Promise<{ readonly words: readonly SearchWord[]; readonly texts: number }> {
  const { texts, documents } = await index.wordCounts(
    words.map(({ stem }) => stem),
    MAX_COUNTED,
  );
  const misspelt = words.filter((word, at) => documents[at] === 0 && mayBeMisspelt(word));
  const corrections = await correct(index, [...new Set(misspelt.map(({ text }) => text))]);
  const searched = words.map(({ text, stem }, at): SearchWord => {
    const corrected = corrections.get(text);
    const forms = [{ text, stem, likeness: 1 }, ...(corrected?.forms ?? [])];
    return { forms, documents: corrected?.documents ?? documents[at] ?? 0 };
  });
  return { words: searched, texts };
}

/** Words that are spelt nearly so, for each. */
async function correct(
  index: SearchIndex,
  words: readonly string[],
): Promise<ReadonlyMap<string, SearchWord>> {
  if (words.length === 0) return new Map();
  const queries = words.map((word) => ({
    word,
    maxEdits: wrongLetters(word),
    firstLetters: firstLetters(word),
  }));
  const near = await index.wordsNear(queries);
  const forms = words.map((word, at) => nearForms(word, near[at] ?? []));
  const { documents } = await index.wordCounts(
    forms.flatMap((some) => some.map(({ text }) => text)),
    MAX_COUNTED,
  );
  const counts = documents.values();
  return new Map(
    words.map((word, at) => {
      const some = forms[at] ?? [];
      return [word, { forms: some, documents: some.reduce((sum) => sum + (counts.next().value ?? 0), 0) }];
    }),
  );
}

/** The first letter may be missing, or stand second. */
function firstLetters(word: string): readonly string[] {
  return [...new Set(word.slice(0, 2))];
}

function nearForms(word: string, near: readonly CountedWord[]): readonly WordForm[] {
  const letters = firstLetters(word);
  const rank = (other: string) => letters.indexOf(other.slice(0, 1));
  const sorted = near.toSorted((a, b) => rank(a.word) - rank(b.word) || (a.word < b.word ? -1 : 1));
  const documents = new Map(sorted.map((counted) => [counted.word, counted.documents]));
  return nearlySpelt(word, documents.keys(), (other) => documents.get(other) ?? 0);
}

/** Whether a word that no text contains is taken for misspelt. Words like `where` are right though no page has them. */
function mayBeMisspelt({ text, minor }: QueryWord): boolean {
  return !minor && text.length >= MIN_CORRECTED;
}

/** How many letters of the word may be wrong. */
function wrongLetters(word: string): number {
  return word.length < LONG_WORD ? 1 : 2;
}

/**
 * The words with nearly the same spelling as a folded one, the likeliest first.
 *
 * @param documentsOf texts that contain a word; a word that none contains is left out.
 */
export function nearlySpelt(
  misspelt: string,
  words: Iterable<string>,
  documentsOf: (word: string) => number,
): readonly WordForm[] {
  const maxEdits = wrongLetters(misspelt);
  const near: { readonly word: string; readonly documents: number; readonly distance: number }[] = [];
  for (const word of words) {
    const distance = editDistance(misspelt, word, maxEdits);
    const documents = distance <= maxEdits ? documentsOf(word) : 0;
    if (documents > 0) near.push({ word, documents, distance });
  }
  return near
    .sort((a, b) => a.distance - b.distance || b.documents - a.documents)
    .slice(0, MAX_FORMS)
    .map(({ word, distance }) => ({
      text: word,
      stem: stemOf(word),
      likeness: 1 - distance / (misspelt.length + 1),
    }));
}

/** Three rows of the table that edit distances are read from: that before the last, the last and the current one. */
type Rows = readonly [before: number[], last: number[], current: number[]];

/**
 * Letters to add, drop, change or swap with their neighbour to turn one word into the other (optimal string alignment).
 * Returns `max + 1` if it is more than `max`. Computes only the diagonal band that decides it (E. Ukkonen,
 * Algorithms for approximate string matching, 1985).
 */
export function editDistance(a: string, b: string, max: number): number {
  const beyond = max + 1;
  if (Math.abs(a.length - b.length) > max) return beyond;
  const first = Array.from({ length: b.length + 1 }, (_, column) => Math.min(column, beyond));
  let rows: Rows = [[], first, []];
  for (let row = 1; row <= a.length; row += 1) {
    if (fillRow(a, b, row, rows, max) > max) return beyond;
    const [before, last, current] = rows;
    rows = [last, current, before];
  }
  return Math.min(rows[1][b.length] ?? beyond, beyond);
}

/** Returns the least distance in the row. What lies outside the band is more than `max`. */
function fillRow(a: string, b: string, row: number, [before, last, current]: Rows, max: number): number {
  const beyond = max + 1;
  const [from, to] = [Math.max(1, row - max), Math.min(b.length, row + max)];
  let left = from === 1 ? Math.min(row, beyond) : beyond;
  current[from - 1] = left;
  let least = left;
  for (let column = from; column <= to; column += 1) {
    const changed = a[row - 1] === b[column - 1] ? 0 : 1;
    left = Math.min(left + 1, (last[column] ?? beyond) + 1, (last[column - 1] ?? beyond) + changed);
    const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
    if (swapped) left = Math.min(left, (before[column - 2] ?? beyond) + 1);
    current[column] = left;
    least = Math.min(least, left);
  }
  return least;
}
