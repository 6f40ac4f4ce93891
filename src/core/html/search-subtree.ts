import { type DomElement, type DomNode, isElement } from './dom.ts';

/**
 * Whether one of the first `budget` nodes below `root` is an element that `matches`. The budget keeps the cost of
 * asking at every element of a page linear in the page.
 */
export function hasWithin(
  root: DomElement,
  budget: number,
  matches: (element: DomElement) => boolean,
): boolean {
  let node = root.children[0] ?? null;
  for (let seen = 0; node !== null && seen < budget; seen++) {
    if (isElement(node) && matches(node)) return true;
    node = node.children?.[0] ?? following(node, root);
  }
  return false;
}

/** Whether there are fewer than `budget` nodes below `root`. */
export function isSmall(root: DomElement, budget: number): boolean {
  let node = root.children[0] ?? null;
  for (let seen = 0; seen < budget; seen++) {
    if (node === null) return true;
    node = node.children?.[0] ?? following(node, root);
  }
  return false;
}

/** Text below `root`, white space folded, cut at `limit` characters; looks at `budget` nodes at most. */
export function textWithin(root: DomElement, limit: number, budget: number): string {
  let text = '';
  let node = root.children[0] ?? null;
  for (let seen = 0; node !== null && seen < budget && text.length < limit; seen++) {
    if (node.type === 'text') text += (node.data ?? '').slice(0, 2 * limit).replace(/\s+/g, ' ');
    node = node.children?.[0] ?? following(node, root);
  }
  return text.trim().slice(0, limit);
}

function following(node: DomNode, root: DomNode): DomNode | null {
  let ended: DomNode | null = node;
  while (ended !== null && ended !== root) {
    if (ended.next !== null) return ended.next;
    ended = ended.parent;
  }
  return null;
}
