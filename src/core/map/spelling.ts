import type { AskedWord, WordForm } from '../../model/question.ts';
import { editDistance } from './edit-distance.ts';
import { stemOf } from './stem-of.ts';

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
