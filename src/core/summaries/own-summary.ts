import type { Subject } from '../../model/summary.ts';
import { clip, plainText } from './plain-text.ts';

/** Characters up to which a text is its own summary. */
export const SHORT_TEXT = 240;
/** Characters of a summary at most, whoever made it. */
export const LONGEST_SUMMARY = 500;

/** The summary of a text that needs nobody to make one: it is short, or boilerplate. Null: somebody must. */
export function ownSummary({ text, title, boilerplate }: Subject): string | null {
  if (text.length > SHORT_TEXT && !boilerplate) return null;
  return clip(plainText(text === '' ? title : text), SHORT_TEXT);
}
