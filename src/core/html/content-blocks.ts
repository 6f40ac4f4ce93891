import { attribute, childElements, type DomElement, hasWithin, isElement } from './dom.ts';

const CONTAINERS = new Set(['ul', 'ol', 'div']);
const MIN_ITEMS = 3;
/** Maximum number of nodes visited to find an item's link. */
const MAX_CARD_NODES = 40;

/**
 * Whether the element is a list of items with links: at least three children of one shape (same tag; same class where
 * they are not list items), each with a link.
 */
export function isCardList(element: DomElement): boolean {
  if (!CONTAINERS.has(element.name)) return false;
  const items = similarChildren(element);
  return items.length >= MIN_ITEMS && items.every(hasLink);
}

/** All child elements if they have one shape, else none. Stops at the first that differs. */
function similarChildren(element: DomElement): readonly DomElement[] {
  const items: DomElement[] = [];
  for (const child of element.children) {
    if (!isElement(child)) continue;
    const first = items[0] ?? child;
    if (!isItem(child, element) || !isSimilar(child, first)) return [];
    items.push(child);
  }
  return items;
}

function isItem(child: DomElement, container: DomElement): boolean {
  if (container.name !== 'div') return child.name === 'li';
  if (child.name === 'p' || (attribute(child, 'class') ?? '') === '') return false;
  return child.name !== 'a' || hasWithin(child, MAX_CARD_NODES, isBlockOfCard);
}

function isSimilar(child: DomElement, first: DomElement): boolean {
  if (child.name !== first.name) return false;
  return child.name === 'li' || firstClass(child) === firstClass(first);
}

function firstClass(element: DomElement): string {
  return (attribute(element, 'class') ?? '').trim().split(/\s+/, 1)[0] ?? '';
}

/** A link in a row of links holds only text; a card also holds blocks. */
function isBlockOfCard({ name }: DomElement): boolean {
  return name === 'div' || name === 'figure' || name === 'p' || /^h[1-6]$/.test(name);
}

function hasLink(item: DomElement): boolean {
  if (item.name === 'a') return attribute(item, 'href') !== null;
  return hasWithin(item, MAX_CARD_NODES, (inner) => inner.name === 'a' && attribute(inner, 'href') !== null);
}

const ROW_GROUPS = new Set(['tbody', 'thead', 'tfoot']);
const MAX_TABLE_NODES = 400;

/**
 * Whether a table holds data: it has a caption or header cells, or more than one row. A table that holds other tables
 * and has neither is a layout table, and so is one with the role `presentation`.
 */
export function isDataTable(table: DomElement): boolean {
  if (attribute(table, 'role') === 'presentation') return false;
  const parts = childElements(table);
  if (parts.some((part) => part.name === 'caption' || part.name === 'thead')) return true;
  if (!hasTwoRows(parts)) return false;
  return !hasWithin(table, MAX_TABLE_NODES, (inner) => inner.name === 'table') || hasHeaderCell(parts);
}

function hasTwoRows(parts: readonly DomElement[]): boolean {
  let rows = 0;
  for (const part of parts) {
    if (part.name === 'tr') rows++;
    else if (ROW_GROUPS.has(part.name)) rows += childElements(part).filter(isRow).length;
    if (rows > 1) return true;
  }
  return false;
}

function hasHeaderCell(parts: readonly DomElement[]): boolean {
  const group = parts.find((part) => ROW_GROUPS.has(part.name));
  const row = (group === undefined ? parts : childElements(group)).find(isRow);
  return row !== undefined && childElements(row).some((cell) => cell.name === 'th');
}

function isRow(element: DomElement): boolean {
  return element.name === 'tr';
}
