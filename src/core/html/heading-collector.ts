import type { ParsedHeading } from '../../model/parsed-page.ts';
import { MAX_NAME_LENGTH } from './accessible-name.ts';
import { attribute, type DomElement, hasWithin, isElement, roleOf, textWithin } from './dom.ts';
import type { PageText, TextRange } from './page-text.ts';
import type { SectionDraft, SectionHeading } from './section-draft.ts';

/** Maximum number of headings of a page. */
export const MAX_HEADINGS = 10_000;
/** Maximum number of nodes visited to find text in a heading. */
const GLANCE = 50;

interface HeadingDraft {
  readonly heading: SectionHeading;
  readonly section: SectionDraft;
  readonly content: TextRange;
}

/** 1 to 6 for `h1` to `h6` and `role=heading` (default 2, WAI-ARIA 1.2 §5.2.8); 0 for other elements. */
export function headingLevelOf(element: DomElement): number {
  const { name } = element;
  if (name.length === 2 && name >= 'h1' && name <= 'h6') return Number(name[1]);
  if (roleOf(element) !== 'heading') return 0;
  const level = Math.trunc(Number(attribute(element, 'aria-level') ?? '2'));
  return level >= 1 && level <= 6 ? level : 2;
}

/** Collects the headings of a page, in document order. */
export class HeadingCollector {
  readonly #drafts: HeadingDraft[] = [];

  /** Whether to collect a heading: it has text, and the page is below `MAX_HEADINGS`. */
  accepts(heading: DomElement): boolean {
    return this.#drafts.length < MAX_HEADINGS && hasText(heading);
  }

  add(heading: SectionHeading, section: SectionDraft, content: TextRange): void {
    this.#drafts.push({ heading, section, content });
  }

  /** Reads the texts of all headings. Sections that a heading names see its text from then on. */
  readTexts(text: PageText): void {
    for (const { heading, content } of this.#drafts) heading.text = text.read(content, MAX_NAME_LENGTH);
  }

  finish(): ParsedHeading[] {
    return this.#drafts
      .filter(({ heading }) => heading.text !== '')
      .map(({ heading, section }) => ({ ...heading, section: section.order }));
  }
}

function hasText(heading: DomElement): boolean {
  return textWithin(heading, 1, GLANCE) !== '' || hasWithin(heading, GLANCE, hasTextInstead);
}

function hasTextInstead(element: DomElement): boolean {
  return element.name === 'img' && (attribute(element, 'alt') ?? '') !== '';
}

/**
 * Finds the fragment of a heading: its own id, the id of the element that begins with it, or an anchor in it or right
 * before it. No text may stand between the anchor and the heading.
 */
export class AnchorTracker {
  #anchor: string | null = null;
  #position = -1;

  /** Records the element's fragment, if there is one. `position` is the length of the page's text so far. */
  visit(element: DomElement, position: number): void {
    const anchor = anchorOf(element);
    if (anchor === null) return;
    this.#anchor = anchor;
    this.#position = position;
  }

  /** The fragment of a heading that begins at this position; null if there is none. */
  fragmentOf(heading: DomElement, position: number): string | null {
    const own = anchorOf(heading) ?? anchorInside(heading);
    if (own !== null) return own;
    return this.#position === position ? this.#anchor : null;
  }
}

/** A link from the heading to itself wins over an anchor inside it. */
function anchorInside(heading: DomElement): string | null {
  const children = heading.children.filter(isElement);
  const permalink = children.find((child) => child.name === 'a' && attribute(child, 'href')?.startsWith('#'));
  if (permalink !== undefined) return attribute(permalink, 'href')?.slice(1) || anchorOf(permalink);
  return children.map(anchorOf).find((anchor) => anchor !== null) ?? null;
}

/** The element's `id`, or the `name` of an anchor; null if it has neither. */
export function anchorOf(element: DomElement): string | null {
  const id = attribute(element, 'id');
  if (id !== null && id !== '') return id;
  const name = element.name === 'a' ? attribute(element, 'name') : null;
  return name === '' ? null : name;
}
