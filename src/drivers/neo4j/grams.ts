import { NAME_GRAM } from '../../core/map/index-query.ts';

/** Stands for a space: full-text indexes cut at spaces. No folded word holds it. */
const SPACE = '_';

/**
 * Every three letters in a row of a folded text, between spaces: as a phrase they find the text inside others. Letters
 * are counted as UTF-16 code units; a pair that is cut is cut alike in names and in queries.
 */
export function grams(folded: string): string {
  const text = folded.replaceAll(' ', SPACE);
  const parts: string[] = [];
  for (let at = 0; at + NAME_GRAM <= text.length; at += 1) parts.push(text.slice(at, at + NAME_GRAM));
  return parts.join(' ');
}
