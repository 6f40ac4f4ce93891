import { load } from 'cheerio';
import { capNesting } from '../../src/core/html/cap-nesting.ts';
import type { DomNode } from '../../src/core/html/dom.ts';
import { boundedTree } from './bounded-tree.ts';

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
