/** The part of a parsed document that extraction reads; the nodes of domhandler have this shape. */
export interface DomNode {
  /** `text`, `root`, `comment`, … ; elements are `tag`, `script` and `style`. */
  readonly type: string;
  readonly parent: DomNode | null;
  readonly next: DomNode | null;
  /** Of elements: the tag name, lower-case in HTML. */
  readonly name?: string;
  readonly attribs?: Readonly<Record<string, string>>;
  readonly children?: readonly DomNode[];
  /** Of texts and comments. */
  readonly data?: string;
}

export interface DomElement extends DomNode {
  readonly name: string;
  readonly attribs: Readonly<Record<string, string>>;
  readonly children: readonly DomNode[];
}

export function isElement(node: DomNode): node is DomElement {
  return node.type === 'tag' || node.type === 'script' || node.type === 'style';
}

/** The attribute's value as written; null if the element does not have it. */
export function attribute(element: DomElement, name: string): string | null {
  return element.attribs[name] ?? null;
}

/** Tokens of a space-separated attribute such as `rel`, lower-case. */
export function tokens(value: string | null): readonly string[] {
  return value === null ? [] : value.toLowerCase().split(/\s+/).filter(Boolean);
}

/** The first token of `role`, lower-case; null if there is none. */
export function roleOf(element: DomElement): string | null {
  const value = attribute(element, 'role');
  return value === null ? null : (tokens(value)[0] ?? null);
}

export function childElements(element: DomElement): DomElement[] {
  return element.children.filter(isElement);
}

/** Callbacks for the nodes of a tree, in document order. */
export interface DomVisitor {
  /** Returns whether to visit the element's children. `walk` calls `leave` in both cases. */
  enter(element: DomElement): boolean;
  leave(element: DomElement): void;
  text(data: string): void;
}

/** Visits every node below `root` once. Follows the nodes' own references, so depth costs no memory. */
export function walk(root: DomNode, visitor: DomVisitor): void {
  let node = root.children?.[0] ?? null;
  while (node !== null) {
    const child = enter(node, visitor);
    node = child ?? leaveUpwards(node, root, visitor);
  }
}

/** Returns the first child to visit; null if there is none. */
function enter(node: DomNode, visitor: DomVisitor): DomNode | null {
  if (node.type === 'text') {
    visitor.text(node.data ?? '');
    return null;
  }
  if (isElement(node)) return visitor.enter(node) ? (node.children[0] ?? null) : null;
  return node.children?.[0] ?? null;
}

/** Leaves `node` and every ancestor that ends with it. Returns the next node. */
function leaveUpwards(node: DomNode, root: DomNode, visitor: DomVisitor): DomNode | null {
  let ended: DomNode | null = node;
  while (ended !== null && ended !== root) {
    if (isElement(ended)) visitor.leave(ended);
    if (ended.next !== null) return ended.next;
    ended = ended.parent;
  }
  return null;
}

/**
 * Whether one of the first `budget` nodes below `root` is an element that `matches`. The budget keeps the total cost
 * linear in the page when every element runs a search.
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

/** Text below `root`, white space folded, cut at `limit` characters. Visits at most `budget` nodes. */
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
