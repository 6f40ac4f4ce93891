import { attribute, childElements, type DomElement } from './dom.ts';
import { hasWithin } from './search-subtree.ts';

const ROW_GROUPS = new Set(['tbody', 'thead', 'tfoot']);
const GLANCE = 400;

/**
 * Whether a table holds data: it has a caption or header cells, or more than one row. One that holds other tables
 * and has neither is a layout, and so is one whose role says so (the caller has looked at that).
 */
export function isDataTable(table: DomElement): boolean {
  if (attribute(table, 'role') === 'presentation') return false;
  const parts = childElements(table);
  if (parts.some((part) => part.name === 'caption' || part.name === 'thead')) return true;
  if (!hasTwoRows(parts)) return false;
  return !hasWithin(table, GLANCE, (inner) => inner.name === 'table') || hasHeaderCell(parts);
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
