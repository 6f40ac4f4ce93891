/**
 * An escape, unless a stray `%` (with or without one hex digit) stands right before it: decoding it could
 * complete the stray one to a new escape, and the form would not be stable.
 */
const ESCAPE = /(?<!%[\dA-Fa-f]?)%[\dA-Fa-f]{2}/g;
const UNRESERVED = /[\w.~-]/;
const NOT_PRINTABLE_ASCII = /[^\x21-\x7e]+/g;

/**
 * Decodes escapes of unreserved characters and writes the hex digits of all others in upper case
 * (RFC 3986 §6.2.2.1 and §6.2.2.2). Reserved characters and stray `%` stay as they are. Idempotent.
 */
export function normalizePercentEncoding(text: string): string {
  return text.includes('%') ? text.replace(ESCAPE, normalizeEscape) : text;
}

/** Percent-encodes, as UTF-8, what a URL cannot contain: white space, controls and everything outside ASCII. */
export function encodeNonAscii(text: string): string {
  return text.replace(NOT_PRINTABLE_ASCII, encodeUtf8);
}

/** `encodeURIComponent` that never throws: a lone surrogate becomes U+FFFD. */
export function encodeUtf8(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

function normalizeEscape(encoded: string): string {
  const character = String.fromCharCode(Number.parseInt(encoded.slice(1), 16));
  return UNRESERVED.test(character) ? character : encoded.toUpperCase();
}
