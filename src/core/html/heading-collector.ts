import type { ParsedHeading } from '../../model/parsed-page.ts';
import { attribute, type DomElement, roleOf } from './dom.ts';
import { MAX_NAME_LENGTH } from './name-sources.ts';
import type { PageText, TextRange } from './page-text.ts';
import { hasWithin, textWithin } from './search-subtree.ts';
import type { SectionDraft, SectionHeading } from './section-draft.ts';

/** Headings taken from one page. */
export const MAX_HEADINGS = 10_000;
/** Nodes of a heading that are looked at to see whether it says anything. */
const GLANCE = 50;

interface HeadingDraft {
  readonly heading: SectionHeading;
  readonly section: SectionDraft;
  readonly content: TextRange;
}

/** 1 to 6 for `h1` to `h6` and for `role=heading` (its default is 2, WAI-ARIA 1.2 §5.2.8); 0 for all else. */
export function headingLevelOf(element: DomElement): number {
  const { name } = element;
  if (name.length === 2 && name >= 'h1' && name <= 'h6') return Number(name[1]);
  if (roleOf(element) !== 'heading') return 0;
  const level = Math.trunc(Number(attribute(element, 'aria-level') ?? '2'));
  return level >= 1 && level <= 6 ? level : 2;
}

/** The headings of a page, in document order. */
export class HeadingCollector {
  readonly #drafts: HeadingDraft[] = [];

  /** Whether a heading is taken: it says something, and the page has not too many. */
  takes(heading: DomElement): boolean {
    return this.#drafts.length < MAX_HEADINGS && saysSomething(heading);
  }

  add(heading: SectionHeading, section: SectionDraft, content: TextRange): void {
    this.#drafts.push({ heading, section, content });
  }

  /** Reads the texts of all headings; sections that are named by one see its text from here on. */
  readTexts(text: PageText): void {
    for (const { heading, content } of this.#drafts) heading.text = text.read(content, MAX_NAME_LENGTH);
  }

  finish(): ParsedHeading[] {
    return this.#drafts
      .filter(({ heading }) => heading.text !== '')
      .map(({ heading, section }) => ({ ...heading, section: section.order }));
  }
}

function saysSomething(heading: DomElement): boolean {
  return textWithin(heading, 1, GLANCE) !== '' || hasWithin(heading, GLANCE, hasTextInstead);
}

function hasTextInstead(element: DomElement): boolean {
  return element.name === 'img' && (attribute(element, 'alt') ?? '') !== '';
}
