import { attribute, type DomElement, textWithin } from './dom.ts';
import type { PageText, TextRange } from './page-text.ts';

/** Maximum length of an accessible name, in characters; the rest is cut. */
export const MAX_NAME_LENGTH = 300;
const MAX_REFERENCES = 8;
const GLANCE = 500;

/** Sources of accessible names: text, elements by id, labels of controls. Complete when the whole page was read. */
export class AccessibleNames {
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

  /** The name from ARIA attributes (accname-1.2 §4.3.2 steps 2B and 2D); empty if there is none. */
  ariaName(element: DomElement): string {
    return this.#labelledBy(element) || folded(attribute(element, 'aria-label'));
  }

  /** Text of the label whose `for` is the element's id; empty if there is none. */
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
    const cached = this.#referenced.get(id);
    if (cached !== undefined) return cached;
    const element = this.#byId.get(id);
    const text = element === undefined ? '' : nameOfReferenced(element);
    this.#referenced.set(id, text);
    return text;
  }
}

/** Folds white space and cuts at `MAX_NAME_LENGTH`. Empty for null. */
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

/**
 * Accessible name of a link: ARIA, then its content (texts of pictures included), then its title
 * (accname-1.2 §4.3.2). Empty if there is none.
 */
export function linkName(element: DomElement, content: TextRange, sources: AccessibleNames): string {
  return (
    sources.ariaName(element) ||
    sources.read(content) ||
    folded(attribute(element, 'alt')) ||
    folded(attribute(element, 'title'))
  );
}

/** Labels that browsers give to buttons without a value. */
const DEFAULT_NAMES: ReadonlyMap<string, string> = new Map([
  ['submit', 'Submit'],
  ['reset', 'Reset'],
]);
const VALUE_IS_NAME = new Set(['submit', 'button', 'reset']);

/**
 * Accessible name of a control: ARIA, its label (HTML-AAM §4.1), its content, the value of a button, the text of its
 * picture, its title, and as the last resort its placeholder. `wrapping` is the text of a label around it.
 */
export function controlName(
  element: DomElement,
  content: TextRange | null,
  wrapping: TextRange | null,
  sources: AccessibleNames,
): string {
  return (
    sources.ariaName(element) ||
    sources.labelText(element) ||
    (wrapping === null ? '' : sources.read(wrapping)) ||
    (content === null ? '' : sources.read(content)) ||
    buttonValue(element) ||
    folded(attribute(element, 'alt')) ||
    folded(attribute(element, 'title')) ||
    folded(attribute(element, 'placeholder'))
  );
}

function buttonValue(element: DomElement): string {
  const type = attribute(element, 'type')?.toLowerCase() ?? '';
  if (element.name !== 'input' || !VALUE_IS_NAME.has(type)) return '';
  return folded(attribute(element, 'value')) || (DEFAULT_NAMES.get(type) ?? '');
}
