import { charsetOfLabel } from './encoding.ts';

/** Bytes in which a page may declare its encoding (HTML §13.2.3.2). */
const PRESCAN_BYTES = 1024;
const XML_DECLARATION = /^<\?xml[^>]*\sencoding\s*=\s*["']([^"'>]+)["']/;
const CONTENT_CHARSET = /charset\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s;"']+))/i;

/**
 * The encoding that the document declares in a `meta` or in its XML declaration, within its first 1024 bytes
 * (HTML §13.2.3.2, prescan a byte stream); null if it declares none, or none that is known.
 */
export function prescan(bytes: Uint8Array): string | null {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, PRESCAN_BYTES)).toString(
    'latin1',
  );
  const scanner = new TagScanner(head);
  for (let tag = scanner.next(); tag !== null; tag = scanner.next()) {
    if (tag.name !== 'meta') continue;
    const charset = charsetOfMeta(tag.attributes);
    if (charset !== null) return asDeclared(charset);
  }
  const xml = XML_DECLARATION.exec(head)?.[1];
  const charset = xml === undefined ? null : charsetOfLabel(xml);
  return charset === null ? null : asDeclared(charset);
}

function charsetOfMeta(attributes: ReadonlyMap<string, string>): string | null {
  const own = attributes.get('charset');
  if (own !== undefined) return charsetOfLabel(own);
  if (attributes.get('http-equiv')?.toLowerCase() !== 'content-type') return null;
  const match = CONTENT_CHARSET.exec(attributes.get('content') ?? '');
  return match === null ? null : charsetOfLabel(match[1] ?? match[2] ?? match[3] ?? '');
}

/** A declaration that was read as ASCII is not in UTF-16. */
function asDeclared(charset: string): string {
  return charset.startsWith('utf-16') ? 'utf-8' : charset;
}

export interface ScannedTag {
  /** Lower-case. */
  readonly name: string;
  /** Names lower-case; the first of each name. */
  readonly attributes: ReadonlyMap<string, string>;
}

const START = /<(?:!--|([a-z][^\s/>]*)|[/!?])/gi;
const ATTRIBUTE = /[\s/]*([^\s/>=][^\s/>=]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]*)))?/y;

/** Finds the start tags in a short piece of markup as HTML §13.2.3.2 defines it; skips comments. */
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

  /** Position after `mark`. The dashes that open a comment can also close it (`<!-->`). */
  #endOf(mark: string, from: number, overlap: number): number {
    const found = this.#markup.indexOf(mark, from - overlap);
    return found < 0 ? this.#markup.length : found + mark.length;
  }
}
