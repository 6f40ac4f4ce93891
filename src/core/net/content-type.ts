export interface ContentType {
  /** Lower-case `type/subtype`; empty if the header is missing or malformed. */
  readonly mime: string;
  /** The `charset` parameter, lower-case; null where there is none. */
  readonly charset: string | null;
}

const MIME = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+$/;
const CHARSET = /;\s*charset\s*=\s*(?:"([^"]*)"|([^\s;]*))/i;

/** Reads a `Content-Type` header (RFC 9110 §8.3). */
export function parseContentType(header: string | null): ContentType {
  const text = header ?? '';
  const mime = text.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  const [, quoted, bare] = CHARSET.exec(text) ?? [];
  return {
    mime: MIME.test(mime) ? mime : '',
    charset: (quoted ?? bare)?.trim().toLowerCase() || null,
  };
}

/** Whether a document of this type is a web page. Takes a whole header or the bare type. */
export function isHtml(contentType: string): boolean {
  const { mime } = parseContentType(contentType);
  return mime === 'text/html' || mime === 'application/xhtml+xml';
}

/** Bytes that `looksLikeHtml` reads. */
export const SNIFFED_BYTES = 512;

const FIRST_TAG =
  /^(?:<!doctype html|<(?:html|head|script|iframe|h1|div|font|table|a|style|title|b|body|br|p|meta|link)(?=[\s>/])|<!--|<\?xml[^>]{0,200}\?>\s*<(?:!doctype html|html))/i;

/** Whether a document without a type starts as a web page does (WHATWG MIME Sniffing §7.1, and XHTML). */
export function looksLikeHtml(start: Uint8Array): boolean {
  return FIRST_TAG.test(asciiOf(start.subarray(0, SNIFFED_BYTES)).trimStart());
}

/** Decodes Latin-1 without a UTF-8 mark, or UTF-16 by its mark: enough to find a tag. */
function asciiOf(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  return String.fromCharCode(...bytes).replace(/^\u00ef\u00bb\u00bf/, '');
}
