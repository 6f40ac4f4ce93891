import { adapter } from 'parse5-htmlparser2-tree-adapter';
import { capNesting } from '../../src/core/html/cap-nesting.ts';
import type { DomNode } from '../../src/core/html/dom.ts';
import { PageError } from '../../src/core/ledger/page-error.ts';
import { BoundedParser } from './bounded-parser.ts';

/**
 * Parses a document as browsers do. With `scripting` it parses as a browser that runs scripts: the content of `noscript` is
 * text. It caps the nesting first, because the parser's time grows with the square of the depth. Throws `parse-memory` for
 * a document with too many elements.
 */
export function parseDocument(html: string, scripting: boolean): DomNode {
  return BoundedParser.parse(capNesting(html), { scriptingEnabled: scripting, treeAdapter: boundedTree() });
}

/** Elements and comments of one document. A page of 10 MB has about 200,000. */
export const MAX_NODES = 250_000;
/** Attributes of all elements of one document. */
export const MAX_ATTRIBUTES = 1_000_000;

/**
 * The tree adapter with a bound: the parser fails with `parse-memory` when the tree exceeds it. A tree can be
 * far larger than its source, because the parser reopens unclosed formatting in every paragraph. The heap limit of the
 * thread is no reliable bound: when one large allocation exceeds it, V8 ends the whole process.
 */
export function boundedTree(): typeof adapter {
  return { ...adapter, ...boundedConstruction(), ...FAST_INSERTION, getAttrList: cachedAttributes() };
}

function boundedConstruction(): Pick<typeof adapter, 'createElement' | 'createCommentNode'> {
  let nodes = 0;
  let attributes = 0;
  const take = (more: number) => {
    attributes += more;
    if (++nodes <= MAX_NODES && attributes <= MAX_ATTRIBUTES) return;
    throw new PageError(
      'parse-memory',
      `[parse] more than ${MAX_NODES} elements or ${MAX_ATTRIBUTES} attributes`,
    );
  };
  return {
    createElement(name, namespace, attrs) {
      take(attrs.length);
      return adapter.createElement(name, namespace, attrs);
    },
    createCommentNode(data) {
      take(0);
      return adapter.createCommentNode(data);
    },
  };
}

/**
 * Insertion that searches the reference from the end: content in the wrong place of a table goes before the table, which
 * is the last child. The adapter searches from the start, which takes quadratic time.
 */
const FAST_INSERTION: Pick<typeof adapter, 'insertBefore' | 'insertTextBefore'> = {
  insertBefore(parent, node, reference) {
    const { prev } = reference;
    if (prev) prev.next = node;
    node.prev = prev;
    node.next = reference;
    node.parent = parent;
    reference.prev = node;
    parent.children.splice(parent.children.lastIndexOf(reference), 0, node);
  },
  insertTextBefore(parent, text, reference) {
    const { prev } = reference;
    if (prev && adapter.isTextNode(prev)) prev.data += text;
    else FAST_INSERTION.insertBefore(parent, adapter.createTextNode(text), reference);
  },
};

/** The parser compares each formatting element with all active ones; their attributes do not change. */
function cachedAttributes(): typeof adapter.getAttrList {
  const lists = new WeakMap<object, ReturnType<typeof adapter.getAttrList>>();
  return (element) => {
    const cached = lists.get(element);
    if (cached !== undefined) return cached;
    const list = adapter.getAttrList(element);
    lists.set(element, list);
    return list;
  };
}
