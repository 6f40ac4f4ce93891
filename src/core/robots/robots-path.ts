import { encodeUtf8, normalizePercentEncoding } from '../url/percent-encoding.ts';

const TO_ENCODE = /[^\w.~/?=&%-]+/g;
const TO_ENCODE_IN_PATTERN = /[^\w.~/?=&%*-]+/g;
const KEPT_BY_ENCODE_URI_COMPONENT = /[!'()*]/g;

/**
 * The form in which the path and query of a URL are compared (RFC 9309 §2.2.2): unreserved characters decoded,
 * all others encoded, so that `:` and `%3A` or `ツ` and `%E3%83%84` are the same. What gives a URL its structure
 * (`/ ? = &`) is not the same as its escape, but for a slash in the query, which the RFC's own table equates.
 */
export function robotsPath(pathAndQuery: string): string {
  return normalize(pathAndQuery, TO_ENCODE);
}

/** The same for the path of a rule, where `*` is a wildcard; an escaped star (`%2A`) stands for itself (§2.2.3). */
export function robotsPattern(path: string): string {
  return normalize(path, TO_ENCODE_IN_PATTERN);
}

function normalize(text: string, toEncode: RegExp): string {
  const encoded = normalizePercentEncoding(text).replace(toEncode, encode);
  const query = encoded.indexOf('?');
  if (query < 0) return encoded;
  return encoded.slice(0, query) + encoded.slice(query).replaceAll('%2F', '/');
}

function encode(characters: string): string {
  return encodeUtf8(characters).replace(KEPT_BY_ENCODE_URI_COMPONENT, encodeAscii);
}

function encodeAscii(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
