import { attribute, type DomElement } from './dom.ts';
import { folded, type NameSources } from './name-sources.ts';
import type { TextRange } from './page-text.ts';

/**
 * Name of a link: ARIA, then what it holds (texts of pictures included), then its title (accname-1.2 §4.3.2).
 * Empty if it has none.
 */
export function linkName(element: DomElement, content: TextRange, sources: NameSources): string {
  return (
    sources.ariaName(element) ||
    sources.read(content) ||
    folded(attribute(element, 'alt')) ||
    folded(attribute(element, 'title'))
  );
}

/** Names of buttons that browsers label themselves. */
const DEFAULT_NAMES: ReadonlyMap<string, string> = new Map([
  ['submit', 'Submit'],
  ['reset', 'Reset'],
]);
const VALUE_IS_NAME = new Set(['submit', 'button', 'reset']);

/**
 * Name of a control: ARIA, its label (HTML-AAM §4.1), what it holds, the value of a button, the text of its picture,
 * its title, and as the last resort its placeholder. `wrapping` is the text of a label around it.
 */
export function controlName(
  element: DomElement,
  content: TextRange | null,
  wrapping: TextRange | null,
  sources: NameSources,
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
