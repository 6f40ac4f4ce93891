import { clip } from './plain-text.ts';

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
