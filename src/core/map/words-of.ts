import { foldText } from './fold-text.ts';

const WORD = /[\p{L}\p{N}]+/gu;

/** The words of a text in folded form, in their order. */
export function wordsOf(text: string): readonly string[] {
  return foldText(text).match(WORD) ?? [];
}

/** Whether a folded text has Korean letters. */
export function isHangul(folded: string): boolean {
  return /[\u1100-\u11ff]/.test(folded);
}

/** Letters of a word; what is longer is not a word that anybody asks for. */
const LONGEST_WORD = 64;

/** Each word of a text once, in folded form: what a full-text index needs to know which texts hold a word. */
export function vocabularyOf(text: string): readonly string[] {
  return [...new Set(wordsOf(text))].filter(({ length }) => length <= LONGEST_WORD);
}
