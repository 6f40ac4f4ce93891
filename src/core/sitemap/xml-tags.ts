/** A start or end tag and where it stands. */
export interface XmlTag {
  /** Prefix and local name, as written. */
  readonly name: string;
  readonly kind: 'start' | 'end' | 'empty';
  /** Index of its `<`. */
  readonly start: number;
  /** Index behind its `>`. */
  readonly end: number;
}

/** Characters of a tag that are looked at for its name. */
const MAX_NAME_LENGTH = 100;
const NAME = /^[^\s/>]+/;
/** What is passed over as a whole, with the text that ends it. */
const OPAQUE = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
] as const;

/**
 * The tags of an XML text in document order. Each character is passed once; comments, CDATA sections,
 * processing instructions and declarations are left out, and so is what follows something that never ends.
 */
export function* xmlTags(text: string): Generator<XmlTag, void> {
  let position = text.indexOf('<');
  while (position >= 0) {
    const end = endOfMarkup(text, position);
    if (end < 0) return;
    const tag = tagAt(text, position, end);
    if (tag !== null) yield tag;
    position = text.indexOf('<', end);
  }
}

/** Index behind the markup that starts at `start`; -1 if it never ends. */
function endOfMarkup(text: string, start: number): number {
  const closer = OPAQUE.find(([opener]) => text.startsWith(opener, start))?.[1] ?? '>';
  const found = text.indexOf(closer, start);
  return found < 0 ? -1 : found + closer.length;
}

function tagAt(text: string, start: number, end: number): XmlTag | null {
  const isEnd = text[start + 1] === '/';
  const nameStart = start + (isEnd ? 2 : 1);
  const name = NAME.exec(text.slice(nameStart, Math.min(end, nameStart + MAX_NAME_LENGTH)))?.[0];
  if (name === undefined || name.startsWith('!') || name.startsWith('?')) return null;
  const kind = isEnd ? 'end' : text[end - 2] === '/' ? 'empty' : 'start';
  return { name, kind, start, end };
}
