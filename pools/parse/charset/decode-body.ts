import { isUtf8 } from 'node:buffer';
import { charsetOfLabel, decodeAs } from './encoding.ts';
import { iso2022Of } from './iso-2022.ts';
import { prescan } from './prescan.ts';

export interface DecodedBody {
  readonly text: string;
  /** Lower-case name of the encoding. */
  readonly charset: string;
}

/**
 * Decodes a document. The encoding comes from its byte order mark, else from the header, else from its own declaration
 * (HTML §13.2.3.1), else from its bytes. It ignores an unknown label.
 */
export function decodeBody(bytes: Uint8Array, headerCharset: string | null): DecodedBody {
  const mark = byteOrderMarkOf(bytes);
  if (mark !== null)
    return { text: decodeAs(bytes.subarray(mark.length), mark.charset), charset: mark.charset };
  const fromHeader = headerCharset === null ? null : charsetOfLabel(headerCharset);
  const charset = fromHeader ?? prescan(bytes) ?? detectCharset(bytes);
  return { text: decodeAs(bytes, charset), charset };
}

export interface ByteOrderMark {
  readonly charset: string;
  /** Bytes. */
  readonly length: number;
}

/** The byte order mark of a document (Encoding Standard §6, BOM sniff); null if there is none. */
export function byteOrderMarkOf(bytes: Uint8Array): ByteOrderMark | null {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return { charset: 'utf-8', length: 3 };
  if (first === 0xfe && second === 0xff) return { charset: 'utf-16be', length: 2 };
  if (first === 0xff && second === 0xfe) return { charset: 'utf-16le', length: 2 };
  return null;
}

/** Bytes that detection reads. */
const SAMPLE_BYTES = 256 * 1024;
/** Share of the characters outside ASCII that may be undecodable. */
const MAX_ERRORS = 0.05;

/** Counts of characters outside ASCII in a text. */
interface Census {
  readonly wide: number;
  readonly errors: number;
  readonly hangul: number;
  readonly kana: number;
}

/** In order of precedence: the first whose text fits a language that uses it wins. */
const CANDIDATES: readonly { readonly charset: string; readonly fits: (census: Census) => boolean }[] = [
  { charset: 'utf-8', fits: ({ wide }) => wide > 0 },
  { charset: 'euc-jp', fits: ({ wide, kana }) => kana > wide * 0.2 },
  { charset: 'shift_jis', fits: ({ wide, kana }) => kana > wide * 0.2 },
  { charset: 'euc-kr', fits: ({ wide, hangul }) => hangul > wide * 0.75 },
];

/** The most likely encoding of a document that declares none. Ends with `windows-1252`, which decodes anything. */
export function detectCharset(bytes: Uint8Array): string {
  const iso2022 = iso2022Of(bytes.subarray(0, SAMPLE_BYTES));
  if (isUtf8(bytes)) return iso2022 ?? 'utf-8';
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  const fitting = CANDIDATES.find(({ charset, fits }) => {
    const census = takeCensus(decodeAs(sample, charset));
    return census.errors <= (census.wide + census.errors) * MAX_ERRORS && fits(census);
  });
  return fitting?.charset ?? 'windows-1252';
}

/** Symbols such as arrows and full-width commas occur in all of them and do not count. */
function takeCensus(text: string): Census {
  const errors = count(text, /\ufffd/g);
  return {
    wide: count(text, /[^\p{ASCII}\p{P}\p{S}\p{Z}\ufffd]/gu),
    errors,
    hangul: count(text, /[\uac00-\ud7a3]/g),
    kana: count(text, /[\u3041-\u30fe]/g),
  };
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
