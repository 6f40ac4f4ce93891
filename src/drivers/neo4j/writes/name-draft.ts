import { derivedId } from '../../../core/derived-id.ts';
import { ownHeadings } from '../../../core/map/own-headings.ts';
import { wordsOf } from '../../../core/map/words-of.ts';
import type { ParsedLink, ParsedPage } from '../../../ports/parse-pool.ts';
import { grams } from '../grams.ts';

/** Characters of a name that are kept. */
const NAME_LENGTH = 200;

export type NameKind = 'title' | 'heading' | 'link';

/** What a page or a place on it is called. */
export interface NameDraft {
  readonly id: string;
  /** The URL that it names. */
  readonly url: string;
  readonly kind: NameKind;
  readonly fragment: string;
  readonly text: string;
  /** What the full-text index holds of it. */
  readonly grams: string;
  /** Order of the section that has it; null for a page and for what links say. */
  readonly order: number | null;
}

/** Titles and headings. */
export function pageNames(url: string, page: ParsedPage): NameDraft[] {
  const { title, headings, sections } = page;
  const main = headings.find(({ level }) => level === 1);
  return [
    named(url, 'title', '', title, null),
    ...(main === undefined ? [] : [named(url, 'title', '', main.text, null)]),
    ...ownHeadings(url, page).map(({ text, anchor, section }) =>
      named(url, 'heading', anchor ?? '', text, section),
    ),
    ...sections
      .filter(({ label, heading }) => label !== null && label !== heading)
      .map(({ label, anchor, order }) => named(url, 'heading', anchor ?? '', label ?? '', order)),
  ].filter((name) => name !== null);
}

export function linkName({ url, fragment, text }: ParsedLink): NameDraft | null {
  return named(url, 'link', fragment, text, null);
}

/** Null for what has no letter and no digit. */
function named(
  url: string,
  kind: NameKind,
  fragment: string,
  text: string,
  order: number | null,
): NameDraft | null {
  const kept = text.slice(0, NAME_LENGTH);
  const folded = wordsOf(kept).join(' ');
  if (folded === '') return null;
  const id = derivedId([url, kind, fragment, kept].join('\u0000'));
  return { id, url, kind, fragment, text: kept, grams: grams(folded), order };
}
