export interface ScannedTag {
  /** Lower-case. */
  readonly name: string;
  /** Names lower-case; the first of each name. */
  readonly attributes: ReadonlyMap<string, string>;
}

const START = /<(?:!--|([a-z][^\s/>]*)|[/!?])/gi;
const ATTRIBUTE = /[\s/]*([^\s/>=][^\s/>=]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]*)))?/y;

/** Finds start tags in a short stretch of markup, passing over comments, the way HTML §13.2.3.2 asks for. */
export class TagScanner {
  readonly #markup: string;
  #position = 0;

  constructor(markup: string) {
    this.#markup = markup;
  }

  /** The next start tag; null at the end. */
  next(): ScannedTag | null {
    START.lastIndex = this.#position;
    for (let match = START.exec(this.#markup); match !== null; match = START.exec(this.#markup)) {
      const [opening, name] = match;
      if (name !== undefined) return this.#tag(name.toLowerCase(), START.lastIndex);
      START.lastIndex = this.#endOf(
        opening === '<!--' ? '-->' : '>',
        START.lastIndex,
        opening === '<!--' ? 2 : 0,
      );
    }
    this.#position = this.#markup.length;
    return null;
  }

  #tag(name: string, from: number): ScannedTag {
    const attributes = new Map<string, string>();
    ATTRIBUTE.lastIndex = from;
    this.#position = from;
    for (let match = ATTRIBUTE.exec(this.#markup); match !== null; match = ATTRIBUTE.exec(this.#markup)) {
      const [, key = '', double, single, bare = ''] = match;
      const lower = key.toLowerCase();
      if (!attributes.has(lower)) attributes.set(lower, double ?? single ?? bare);
      this.#position = ATTRIBUTE.lastIndex;
    }
    return { name, attributes };
  }

  /** Position behind `mark`. The dashes that open a comment may be those that close it (`<!-->`). */
  #endOf(mark: string, from: number, overlap: number): number {
    const found = this.#markup.indexOf(mark, from - overlap);
    return found < 0 ? this.#markup.length : found + mark.length;
  }
}
