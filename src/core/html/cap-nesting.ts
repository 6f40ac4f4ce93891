/** Maximum depth of nested elements; Chromium's parser has the same limit. */
export const MAX_NESTING = 512;

/** Elements without content and end tag (HTML Standard, "Void elements", and the obsolete `param`). */
export const VOID_ELEMENTS = [
  'area',
  'base',
  'br',
  'col',
  'embed',
  'hr',
  'img',
  'input',
  'link',
  'meta',
  'param',
  'source',
  'track',
  'wbr',
] as const;

/** Elements that do not nest: they have no end tag, or the next start tag of their kind closes them. */
const FLAT = new Set([
  'a',
  ...VOID_ELEMENTS,
  ...['html', 'head', 'body', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'p', 'li', 'dt', 'dd', 'option'],
  ...['tbody', 'thead', 'tfoot', 'tr', 'td', 'th', 'colgroup'],
]);
/** Raw text elements: their content is not markup, and only their own end tag closes them. */
const RAW: ReadonlyMap<string, RegExp> = new Map(
  ['script', 'style', 'textarea', 'title', 'xmp', 'iframe', 'noembed', 'noframes'].map((name) => [
    name,
    new RegExp(`</${name}`, 'gi'),
  ]),
);
const TAG_NAME = /[a-zA-Z][^\s/>]*/y;

/**
 * Drops start tags that would nest deeper than `MAX_NESTING`, and their end tags; their content stays. The parser
 * walks its stack of open elements at every tag, so markup nested 100,000 deep would
 * take minutes. The scan counts tags without building a tree. A hostile page can mislead it; the parser pool's time limit
 * stops such a page. Returns the same string if nothing is too deep.
 */
export function capNesting(html: string): string {
  return new NestingCap(html).run();
}

class NestingCap {
  readonly #html: string;
  readonly #open = new Map<string, number>();
  readonly #dropped = new Map<string, number>();
  readonly #kept: string[] = [];
  #depth = 0;
  #copied = 0;

  constructor(html: string) {
    this.#html = html;
  }

  run(): string {
    let at = this.#html.indexOf('<');
    while (at >= 0) at = this.#html.indexOf('<', this.#pass(at));
    if (this.#copied === 0) return this.#html;
    this.#kept.push(this.#html.slice(this.#copied));
    return this.#kept.join('');
  }

  /** Consumes the tag, comment or lone `<` at a position and returns where to go on. */
  #pass(at: number): number {
    if (this.#html.startsWith('<!--', at)) return this.#endOfComment(at);
    const isEnd = this.#html[at + 1] === '/';
    const nameAt = at + (isEnd ? 2 : 1);
    const name = this.#nameAt(nameAt);
    if (name === null) return at + 1;
    const end = endOfTag(this.#html, nameAt + name.length);
    const raw = RAW.get(name);
    if (raw !== undefined) return isEnd ? end : this.#find(raw, end);
    if (FLAT.has(name)) return end;
    if (isEnd) this.#consumeEnd(name, at, end);
    else if (!this.#isSelfClosed(end)) this.#consumeStart(name, at, end);
    return end;
  }

  #consumeStart(name: string, at: number, end: number): void {
    if (this.#depth < MAX_NESTING) {
      this.#depth++;
      add(this.#open, name, 1);
    } else {
      add(this.#dropped, name, 1);
      this.#drop(at, end);
    }
  }

  #consumeEnd(name: string, at: number, end: number): void {
    if ((this.#dropped.get(name) ?? 0) > 0) {
      add(this.#dropped, name, -1);
      this.#drop(at, end);
    } else if ((this.#open.get(name) ?? 0) > 0) {
      this.#depth--;
      add(this.#open, name, -1);
    }
  }

  /** SVG and MathML elements may close themselves; HTML ignores the slash. */
  #isSelfClosed(end: number): boolean {
    const isForeign = (this.#open.get('svg') ?? 0) > 0 || (this.#open.get('math') ?? 0) > 0;
    return isForeign && this.#html[end - 2] === '/';
  }

  #drop(at: number, end: number): void {
    this.#kept.push(this.#html.slice(this.#copied, at));
    this.#copied = end;
  }

  #nameAt(at: number): string | null {
    TAG_NAME.lastIndex = at;
    return TAG_NAME.exec(this.#html)?.[0].toLowerCase() ?? null;
  }

  /** The dashes that open a comment may also close it (`<!-->`). */
  #endOfComment(at: number): number {
    const end = this.#html.indexOf('-->', at + 2);
    return end < 0 ? this.#html.length : end + 3;
  }

  #find(pattern: RegExp, from: number): number {
    pattern.lastIndex = from;
    return pattern.exec(this.#html)?.index ?? this.#html.length;
  }
}

/** Position after the `>` that ends a tag; a `>` in a quoted value does not end it. */
function endOfTag(html: string, from: number): number {
  let isValue = false;
  for (let at = from; at < html.length; at++) {
    const char = html[at];
    if (char === '>') return at + 1;
    if (isValue && (char === '"' || char === "'")) {
      const close = html.indexOf(char, at + 1);
      if (close < 0) return html.length;
      at = close;
    }
    if (char !== ' ' && char !== '\n' && char !== '\t') isValue = char === '=';
  }
  return html.length;
}

function add(counts: Map<string, number>, name: string, change: number): void {
  counts.set(name, (counts.get(name) ?? 0) + change);
}
