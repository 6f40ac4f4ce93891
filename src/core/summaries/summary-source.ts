const BOILERPLATE: ReadonlySet<string> = new Set([
  'header',
  'navigation',
  'footer',
  'search',
  'breadcrumb',
  'pagination',
  'dialog',
  'banner',
]);

/** Whether a section stands in a menu, a footer or the like, by its structural path: `footer/list[2]`, `navigation#menu`. */
export function isBoilerplate(path: string): boolean {
  return path.split('/').some((step) => BOILERPLATE.has(step.split(/[#[]/, 1)[0] ?? ''));
}

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

export interface PagePart {
  readonly heading: string | null;
  /** Summary of the part, or the beginning of its text. */
  readonly text: string;
}

const PART = 300;

/** What a page is summarised from: its description, then what its sections say, each in short. A site from its pages. */
export function pageText(description: string | null, parts: readonly PagePart[], characters: number): string {
  const lines = description === null || description === '' ? [] : [clip(description, PART)];
  for (const { heading, text } of parts) {
    lines.push(lineOf(heading ?? '', clip(text, PART)));
  }
  return clip(lines.filter((line) => line !== '').join('\n'), characters);
}

function lineOf(heading: string, said: string): string {
  if (said.startsWith(heading)) return said;
  return said === '' ? heading : `${heading}: ${said}`;
}
