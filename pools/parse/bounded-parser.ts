import { Parser, type ParserOptions, type Token, Tokenizer } from 'parse5';
import type { Htmlparser2TreeAdapterMap } from 'parse5-htmlparser2-tree-adapter';
import { VOID_ELEMENTS } from '../../src/core/html/cap-nesting.ts';

/** Attributes that one tag keeps. Pages that people write have fewer than 100. */
export const MAX_TAG_ATTRIBUTES = 1000;
/** Open elements. `capNesting` keeps well-formed pages below it; markup that misleads `capNesting` ends here. */
export const MAX_OPEN_ELEMENTS = 600;
/** Formatting elements that are open or reopened by the next text. */
export const MAX_ACTIVE_FORMATTING = 256;

/** From this number of attributes on, a set finds duplicate names: parse5 compares each name with all before it. */
const INDEXED_FROM = 32;
/** Elements that do not stay open, or whose content is text. */
const NEVER_DROPPED = new Set([
  'a',
  ...VOID_ELEMENTS,
  ...['script', 'style', 'textarea', 'title', 'xmp', 'iframe', 'noembed', 'noframes', 'noscript'],
]);
/** Without `a`: of that one, few are active at once, and a dropped one is a lost link. */
const FORMATTING = new Set([
  ...['b', 'big', 'code', 'em', 'font', 'i', 'nobr', 's', 'small', 'strike', 'strong', 'tt', 'u'],
]);

/**
 * The parser of parse5 with bounds where its time grows with the square of the input: it ignores further attributes of a
 * tag, start tags that nest too deep, and further active formatting elements.
 */
export class BoundedParser extends Parser<Htmlparser2TreeAdapterMap> {
  constructor(options: ParserOptions<Htmlparser2TreeAdapterMap>) {
    super(options);
    this.tokenizer = new BoundedTokenizer(this.options, this);
  }

  override onStartTag(token: Token.TagToken): void {
    if (!this.#isTooMuch(token.tagName)) super.onStartTag(token);
  }

  /** Moves all children at once; parse5 removes them from the front of the array one by one. */
  override _adoptNodes(donor: ParentNode, recipient: ParentNode): void {
    const moved = donor.children;
    donor.children = [];
    for (const child of moved) {
      child.prev = null;
      child.next = null;
      this.treeAdapter.appendChild(recipient, child);
    }
  }

  #isTooMuch(name: string): boolean {
    if (this.openElements.stackTop >= MAX_OPEN_ELEMENTS)
      return this.currentNotInHTML || !NEVER_DROPPED.has(name);
    return this.activeFormattingElements.entries.length >= MAX_ACTIVE_FORMATTING && FORMATTING.has(name);
  }
}

type ParentNode = Htmlparser2TreeAdapterMap['parentNode'];

class BoundedTokenizer extends Tokenizer {
  #tag: Token.TagToken | null = null;
  #names: Set<string> = new Set();

  /** parse5 calls this when it has read the name of an attribute. */
  protected override _leaveAttrName(): void {
    const tag = this.currentToken as Token.TagToken;
    if (tag.attrs.length < INDEXED_FROM) super._leaveAttrName();
    else if (tag.attrs.length < MAX_TAG_ATTRIBUTES) this.#keepNew(tag);
  }

  #keepNew(tag: Token.TagToken): void {
    if (tag !== this.#tag) {
      this.#tag = tag;
      this.#names = new Set(tag.attrs.map(({ name }) => name));
    }
    const { name } = this.currentAttr;
    if (this.#names.has(name)) return;
    this.#names.add(name);
    tag.attrs.push(this.currentAttr);
  }
}
