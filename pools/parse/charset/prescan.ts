import { charsetOfLabel } from './charset-label.ts';
import { TagScanner } from './tag-scanner.ts';

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

/** A declaration that could be read as ASCII does not stand in UTF-16. */
function asDeclared(charset: string): string {
  return charset.startsWith('utf-16') ? 'utf-8' : charset;
}
