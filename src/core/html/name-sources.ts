import { attribute, type DomElement } from './dom.ts';
import type { PageText, TextRange } from './page-text.ts';
import { textWithin } from './search-subtree.ts';

/** Characters of a name; the rest is cut. */
export const MAX_NAME_LENGTH = 300;
const MAX_REFERENCES = 8;
const GLANCE = 500;

/** What names are made of, known in full once the page was read: text, elements by id, labels of controls. */
export class NameSources {
  readonly #text: PageText;
  readonly #byId = new Map<string, DomElement>();
  readonly #labels = new Map<string, TextRange>();
  readonly #referenced = new Map<string, string>();

  constructor(text: PageText) {
    this.#text = text;
  }

  addId(id: string, element: DomElement): void {
    if (!this.#byId.has(id)) this.#byId.set(id, element);
  }

  /** The text of `label[for=id]`. */
  addLabel(id: string, range: TextRange): void {
    if (!this.#labels.has(id)) this.#labels.set(id, range);
  }

  read(range: TextRange): string {
    return this.#text.read(range, MAX_NAME_LENGTH);
  }

  /** The name that ARIA attributes give (accname-1.2 §4.3.2 steps 2B and 2D); empty if they give none. */
  ariaName(element: DomElement): string {
    return this.#labelledBy(element) || folded(attribute(element, 'aria-label'));
  }

  /** Text of the label that points to the element's id; empty if there is none. */
  labelText(element: DomElement): string {
    const id = attribute(element, 'id');
    const range = id === null ? undefined : this.#labels.get(id);
    return range === undefined ? '' : this.read(range);
  }

  #labelledBy(element: DomElement): string {
    const value = attribute(element, 'aria-labelledby');
    if (value === null) return '';
    const ids = value.split(/\s+/, MAX_REFERENCES + 1).filter(Boolean);
    const names = ids.map((id) => this.#textOfId(id)).filter(Boolean);
    return names.join(' ').slice(0, MAX_NAME_LENGTH);
  }

  #textOfId(id: string): string {
    const known = this.#referenced.get(id);
    if (known !== undefined) return known;
    const element = this.#byId.get(id);
    const text = element === undefined ? '' : nameOfReferenced(element);
    this.#referenced.set(id, text);
    return text;
  }
}

/** White space folded, cut at the length of a name. Empty for null. */
export function folded(value: string | null): string {
  if (value === null) return '';
  return value
    .slice(0, 2 * MAX_NAME_LENGTH)
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, MAX_NAME_LENGTH);
}

function nameOfReferenced(element: DomElement): string {
  const own = folded(attribute(element, 'aria-label'));
  return own || textWithin(element, MAX_NAME_LENGTH, GLANCE) || folded(attribute(element, 'alt'));
}
