import type { AskedWord, WordForm } from '../../model/question.ts';
import { stemOf } from './stems.ts';

/** Shorter words are taken as they are. Korean letters are counted, not syllables. */
const MIN_CORRECTED = 4;
const MAX_FORMS = 3;
/** From this length on, two letters may be wrong. */
const LONG_WORD = 7;

/** Whether a word that the map does not know is taken for misspelt. Words like `where` are right though no page has them. */
export function mayBeMisspelt({ text, minor }: AskedWord): boolean {
  return !minor && text.length >= MIN_CORRECTED;
}

/** How many letters of the word may be wrong: nearly spelt words are at most so much shorter or longer. */
export function wrongLetters(word: string): number {
  return word.length < LONG_WORD ? 1 : 2;
}

/**
 * The words that are spelt nearly as the folded one that was asked for, the likeliest first.
 *
 * @param documentsOf tells how many texts have a word; one that none has is left out.
 */
export function nearlySpelt(
  asked: string,
  words: Iterable<string>,
  documentsOf: (word: string) => number,
): readonly WordForm[] {
  const most = wrongLetters(asked);
  const near: { readonly word: string; readonly documents: number; readonly distance: number }[] = [];
  for (const word of words) {
    const distance = editDistance(asked, word, most);
    const documents = distance <= most ? documentsOf(word) : 0;
    if (documents > 0) near.push({ word, documents, distance });
  }
  return near
    .sort((a, b) => a.distance - b.distance || b.documents - a.documents)
    .slice(0, MAX_FORMS)
    .map(({ word, distance }) => ({
      text: word,
      stem: stemOf(word),
      likeness: 1 - distance / (asked.length + 1),
    }));
}

/** Three rows of the table that edit distances are read from: that before the last, the last and the current one. */
type Rows = readonly [before: number[], last: number[], current: number[]];

/**
 * Letters to add, drop, change or swap with their neighbour to turn one word into the other (optimal string alignment).
 * Gives up at `most` and answers `most + 1`. Only the diagonal band in which that can be decided is computed (E. Ukkonen,
 * Algorithms for approximate string matching, 1985).
 */
export function editDistance(a: string, b: string, most: number): number {
  const beyond = most + 1;
  if (Math.abs(a.length - b.length) > most) return beyond;
  const first = Array.from({ length: b.length + 1 }, (_, column) => Math.min(column, beyond));
  let rows: Rows = [[], first, []];
  for (let row = 1; row <= a.length; row += 1) {
    if (fillRow(a, b, row, rows, most) > most) return beyond;
    const [before, last, current] = rows;
    rows = [last, current, before];
  }
  return Math.min(rows[1][b.length] ?? beyond, beyond);
}

/** Answers the least distance in the row. What lies outside the band is further than `most`. */
function fillRow(a: string, b: string, row: number, [before, last, current]: Rows, most: number): number {
  const beyond = most + 1;
  const [from, to] = [Math.max(1, row - most), Math.min(b.length, row + most)];
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
