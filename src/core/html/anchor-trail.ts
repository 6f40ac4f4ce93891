import { attribute, type DomElement, isElement } from './dom.ts';

/**
 * The fragments that lead to a heading. Besides its own id that may be the id of the element that begins with it,
 * or an anchor right before it or in it: what counts is that no text stands between.
 */
export class AnchorTrail {
  #anchor: string | null = null;
  #position = -1;

  /** Notes the element's fragment, if it has one; `position` is that of the page's text so far. */
  pass(element: DomElement, position: number): void {
    const anchor = anchorOf(element);
    if (anchor === null) return;
    this.#anchor = anchor;
    this.#position = position;
  }

  /** The fragment of a heading that begins at this position; null if it has none. */
  of(heading: DomElement, position: number): string | null {
    const own = anchorOf(heading) ?? anchorInside(heading);
    if (own !== null) return own;
    return this.#position === position ? this.#anchor : null;
  }
}

/** A link from the heading to itself tells best; an anchor that it holds comes next. */
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
