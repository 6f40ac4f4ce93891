import { type DomElement, type DomNode, isElement } from './dom.ts';

/** What happens at each node of a tree, in document order. */
export interface DomVisitor {
  /** Answers whether the element's children are visited. `leave` is called either way. */
  enter(element: DomElement): boolean;
  leave(element: DomElement): void;
  text(data: string): void;
}

/** Visits everything below `root` once. Follows the nodes' own links, so depth costs no memory. */
export function walk(root: DomNode, visitor: DomVisitor): void {
  let node = root.children?.[0] ?? null;
  while (node !== null) {
    const child = enter(node, visitor);
    node = child ?? leaveUpwards(node, root, visitor);
  }
}

/** Answers the first child to visit, if there is any. */
function enter(node: DomNode, visitor: DomVisitor): DomNode | null {
  if (node.type === 'text') {
    visitor.text(node.data ?? '');
    return null;
  }
  if (isElement(node)) return visitor.enter(node) ? (node.children[0] ?? null) : null;
  return node.children?.[0] ?? null;
}

/** Leaves `node` and every ancestor that ends with it; answers the node that comes next. */
function leaveUpwards(node: DomNode, root: DomNode, visitor: DomVisitor): DomNode | null {
  let ended: DomNode | null = node;
  while (ended !== null && ended !== root) {
    if (isElement(ended)) visitor.leave(ended);
    if (ended.next !== null) return ended.next;
    ended = ended.parent;
  }
  return null;
}
