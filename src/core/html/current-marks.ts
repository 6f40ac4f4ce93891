import type { ParsedMark } from '../../model/parsed-page.ts';
import { attribute, type DomElement } from './dom.ts';
import type { NameSources } from './name-sources.ts';
import type { TextRange } from './page-text.ts';
import type { SectionDraft } from './section-draft.ts';

/** Marks taken from one page. */
const MAX_MARKS = 200;

/** Whether the element is marked as where the visitor is (WAI-ARIA 1.2 §6.6.4: any token but `false` is a mark). */
export function isCurrent(element: DomElement): boolean {
  const value = attribute(element, 'aria-current')?.trim().toLowerCase() ?? '';
  return value !== '' && value !== 'false';
}

/** What a page marks as where its visitor is. */
export class CurrentMarks {
  readonly #drafts: { readonly section: SectionDraft; readonly content: TextRange }[] = [];

  add(section: SectionDraft, content: TextRange): void {
    if (this.#drafts.length < MAX_MARKS) this.#drafts.push({ section, content });
  }

  /** The marks that say something, once the sections have their final order. */
  finish(names: NameSources): ParsedMark[] {
    return this.#drafts
      .map(({ section, content }) => ({ text: names.read(content), section: section.order }))
      .filter(({ text, section }) => text !== '' && section >= 0);
  }
}
