/** The part of a parsed document that is read here; the nodes of domhandler have this shape. */
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
