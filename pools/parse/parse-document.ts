import { load } from 'cheerio';
import { adapter } from 'parse5-htmlparser2-tree-adapter';
import { capNesting } from '../../src/core/html/cap-nesting.ts';
import type { DomNode } from '../../src/core/html/dom.ts';
import { PageError } from '../../src/core/ledger/page-error.ts';

const EMPTY: DomNode = { type: 'root', parent: null, next: null, children: [] };

/**
 * Parses a document as browsers do. `scripting`: as one that runs scripts, so that the content of `noscript` is
 * text. Nesting is capped first, for the parser's time grows with its square. Throws `parse-memory` for a
 * document of too many elements.
 */
export function parseDocument(html: string, scripting: boolean): DomNode {
  const $ = load(capNesting(html), { scriptingEnabled: scripting, treeAdapter: boundedTree() });
  return $.root().get(0) ?? EMPTY;
}

/** Elements and comments of one document. A page of 10 MB has about 200,000. */
export const MAX_NODES = 250_000;
/** Attributes of all elements of one document. */
export const MAX_ATTRIBUTES = 1_000_000;

/**
 * The tree that cheerio builds, with a bound on its size: the parser fails with `parse-memory` when a document grows
 * past it. What is built can be far more than what is written, for unclosed formatting is opened anew in every
 * paragraph. The heap limit of the thread is no bound to rely on: where V8 meets it with one large allocation,
 * it ends the whole process.
 */
export function boundedTree(): typeof adapter {
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
    ...adapter,
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
