import { attribute, type DomElement } from './dom.ts';

/** Attributes in which lists that load as they are scrolled keep the address of their next page. */
const ATTRIBUTES = ['data-next', 'data-next-url', 'data-next-page', 'data-next-page-url', 'data-next-href'];
/** A number or a name is none: carousels count their slides so. */
const ADDRESS = /^(?:https?:\/\/|\.{0,2}\/|\?)/i;

/** The next page as an attribute for scripts names it; null if the element names none. */
export function scriptNextPage(element: DomElement): string | null {
  for (const name of ATTRIBUTES) {
    const value = attribute(element, name)?.trim() ?? '';
    if (ADDRESS.test(value)) return value;
  }
  return null;
}
