import type { ParsedHeading, ParsedLink, ParsedPage } from '../../model/parsed-page.ts';
import { wordsOf } from './words.ts';

/** Characters of a name that are kept. */
const NAME_LENGTH = 200;

export type NameKind = 'title' | 'heading' | 'link';

/** What a page or a place on it is called. */
export interface Name {
  /** The URL that it names. */
  readonly url: string;
  readonly kind: NameKind;
  /** Empty for the page itself. */
  readonly fragment: string;
  readonly text: string;
  /** Its words, folded, between spaces: what indexes hold of it. */
  readonly folded: string;
  /** Order of the section that has it; null for a page and for what links say. */
  readonly order: number | null;
}

/** Title, main heading, headings and labels of sections. */
export function pageNames(url: string, page: ParsedPage): readonly Name[] {
  const { title, headings, sections } = page;
  const main = headings.find(({ level }) => level === 1);
  return [
    named(url, 'title', '', title, null),
    main === undefined ? null : named(url, 'title', '', main.text, null),
    ...ownHeadings(url, page).map(({ text, anchor, section }) =>
      named(url, 'heading', anchor ?? '', text, section),
    ),
    ...sections
      .filter(({ label, heading }) => label !== null && label !== heading)
      .map(({ label, anchor, order }) => named(url, 'heading', anchor ?? '', label ?? '', order)),
  ].filter((name) => name !== null);
}

/** The part of a text that names by it keep. */
export function nameText(text: string): string {
  return text.slice(0, NAME_LENGTH);
}

/** What a link calls its target; null if it says nothing. */
export function linkName({ url, fragment, text }: ParsedLink): Name | null {
  return named(url, 'link', fragment, text, null);
}

/** Distinguishes a name from all others. */
export function nameKey({ url, kind, fragment, text }: Name): string {
  return [url, kind, fragment, text].join('\u0000');
}

/** Null for what has no letter and no digit. */
function named(
  url: string,
  kind: NameKind,
  fragment: string,
  text: string,
  order: number | null,
): Name | null {
  const kept = nameText(text);
  const folded = wordsOf(kept).join(' ');
  return folded === '' ? null : { url, kind, fragment, text: kept, folded, order };
}

/**
 * The headings that name places on their page. One that is a link to another page names what it leads to; one that
 * leads to a place on its own page, as headings lead back to a table of contents, is a name all the same.
 *
 * @param url the page's own.
 */
export function ownHeadings(url: string, { headings, links }: ParsedPage): readonly ParsedHeading[] {
  const elsewhere = links.filter((link) => link.url !== url);
  const linked = new Set(elsewhere.map(({ section, text }) => `${section} ${text}`));
  return headings.filter(({ section, text }) => !linked.has(`${section} ${text}`));
}

const SEPARATOR = /\s+[|·•»«›‹:—–-]\s+|\s*[|»›]\s*/u;
/** A title names the page first and the site after it, mostly. */
const LATER_WORTH = 0.6;

const NUMBER = /^\d+(?:\.\d+)*\.?\s+(?=\S)/;

/** A text that something is called by, and how far it can be trusted to be the thing's own name. */
export interface TitlePart {
  readonly text: string;
  readonly worth: number;
}

/** The names in a title: `Rooms · Saltmere Library` is called `Rooms` first. */
export function titleParts(title: string): readonly TitlePart[] {
  const [first, ...later] = title.split(SEPARATOR).filter((part) => part !== '');
  if (first === undefined) return [];
  return [{ text: withoutNumber(first), worth: 1 }, ...later.map((text) => ({ text, worth: LATER_WORTH }))];
}

/** A heading without the number of its chapter: `5.1.3. List Comprehensions`. */
export function withoutNumber(heading: string): string {
  return heading.replace(NUMBER, '');
}
