import { foldText } from './fold-text.ts';

const WORD = /[\p{L}\p{N}]+/gu;

/** The words of a text in folded form, in their order. */
export function wordsOf(text: string): readonly string[] {
  return wordsIn(foldText(text));
}

/** The words of a folded text, in their order. */
export function wordsIn(folded: string): readonly string[] {
  return folded.match(WORD) ?? [];
}

/** Whether a folded text has Korean letters. */
export function isHangul(folded: string): boolean {
  return /[\u1100-\u11ff]/.test(folded);
}
