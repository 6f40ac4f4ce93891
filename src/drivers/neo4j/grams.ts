const GRAM = 3;
/** Stands for a space: full-text indexes cut at spaces. No folded word holds it. */
const SPACE = '_';

/** Whether a folded text is long enough to be found by its grams. */
export function hasGrams(folded: string): boolean {
  return folded.length >= GRAM;
}

/**
 * Every three letters in a row of a folded text, between spaces: as a phrase they find the text inside others. Letters
 * are counted as UTF-16 code units; a pair that is cut is cut alike in names and in questions.
 */
export function grams(folded: string): string {
  const text = folded.replaceAll(' ', SPACE);
  const parts: string[] = [];
  for (let at = 0; at + GRAM <= text.length; at += 1) parts.push(text.slice(at, at + GRAM));
  return parts.join(' ');
}
