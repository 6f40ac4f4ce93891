import type { KnownWord } from '../../model/question.ts';
import { stemOf } from './stem-of.ts';
import { isHangul } from './words-of.ts';

/** Another form of the word: `hour` for `hours`, 책을 for 책. */
export const INFLECTED = 0.95;
/** A longer word that begins with it. */
export const WITHIN_WORD = 0.8;
/** A longer word that has it inside: 도서관 in 시립도서관. */
const INSIDE_WORD = 0.6;
const MIN_INSIDE = 4;
/** A single letter stands for itself alone. */
const MIN_BEGINNING = 2;

/** How alike a word of a question and a folded word of the map are, 0 to 1. */
export function likenessTo({ forms }: KnownWord, token: string): number {
  let best = 0;
  for (const { text, stem, likeness } of forms)
    best = Math.max(best, likeness * formLikeness(text, stem, token));
  return best;
}

function formLikeness(text: string, stem: string, token: string): number {
  if (token === text) return 1;
  if (stemOf(token) === stem) return INFLECTED;
  if (stem.length >= MIN_BEGINNING && token.startsWith(stem)) return isHangul(stem) ? INFLECTED : WITHIN_WORD;
  return stem.length >= MIN_INSIDE && token.includes(stem) ? INSIDE_WORD : 0;
}
