import { attribute, type DomElement, isElement } from './dom.ts';
import { hasWithin } from './search-subtree.ts';

const CONTAINERS = new Set(['ul', 'ol', 'div']);
const MIN_ITEMS = 3;
/** Nodes of an item that are looked at to find its link. */
const GLANCE = 40;

/**
 * Whether the element lists things that can be opened: at least three children of one shape (tag, and class where
 * they are not list items), each with a link.
 */
export function isCardList(element: DomElement): boolean {
  if (!CONTAINERS.has(element.name)) return false;
  const items = alikeChildren(element);
  return items.length >= MIN_ITEMS && items.every(leadsSomewhere);
}

/** All child elements if they are of one shape, else none. Looks no further than the first odd one. */
function alikeChildren(element: DomElement): readonly DomElement[] {
  const items: DomElement[] = [];
  for (const child of element.children) {
    if (!isElement(child)) continue;
    const first = items[0] ?? child;
    if (!isItem(child, element) || !isAlike(child, first)) return [];
    items.push(child);
  }
  return items;
}

function isItem(child: DomElement, container: DomElement): boolean {
  if (container.name !== 'div') return child.name === 'li';
  if (child.name === 'p' || (attribute(child, 'class') ?? '') === '') return false;
  return child.name !== 'a' || hasWithin(child, GLANCE, isBlockOfCard);
}

function isAlike(child: DomElement, first: DomElement): boolean {
  if (child.name !== first.name) return false;
  return child.name === 'li' || firstClass(child) === firstClass(first);
}

function firstClass(element: DomElement): string {
  return (attribute(element, 'class') ?? '').trim().split(/\s+/, 1)[0] ?? '';
}

/** A link in a line of links holds text alone; one that is a card holds more. */
function isBlockOfCard({ name }: DomElement): boolean {
  return name === 'div' || name === 'figure' || name === 'p' || /^h[1-6]$/.test(name);
}

function leadsSomewhere(item: DomElement): boolean {
  if (item.name === 'a') return attribute(item, 'href') !== null;
  return hasWithin(item, GLANCE, (inner) => inner.name === 'a' && attribute(inner, 'href') !== null);
}
