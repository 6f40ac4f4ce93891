import type { ParsedMark } from '../../model/parsed-page.ts';
import type { AccessibleNames } from './accessible-name.ts';
import { attribute, type DomElement } from './dom.ts';
import type { TextRange } from './page-text.ts';
import type { SectionDraft } from './section-draft.ts';

/** Marks taken from one page. */
const MAX_MARKS = 200;

/** Whether `aria-current` marks the element (WAI-ARIA 1.2 §6.6.4: any token except `false`). */
export function isCurrent(element: DomElement): boolean {
  const value = attribute(element, 'aria-current')?.trim().toLowerCase() ?? '';
  return value !== '' && value !== 'false';
}

/** Collects the elements that a page marks with `aria-current`. */
export class CurrentMarks {
  readonly #drafts: { readonly section: SectionDraft; readonly content: TextRange }[] = [];

  add(section: SectionDraft, content: TextRange): void {
    if (this.#drafts.length < MAX_MARKS) this.#drafts.push({ section, content });
  }

  /** The marks with a text. Call it when the sections have their final order. */
  finish(names: AccessibleNames): ParsedMark[] {
    return this.#drafts
      .map(({ section, content }) => ({ text: names.read(content), section: section.order }))
      .filter(({ text, section }) => text !== '' && section >= 0);
  }
}
