import iconv from 'iconv-lite';
import { eucFromIso2022Jp, eucFromIso2022Kr } from './iso-2022.ts';

/** Labels in use that the WHATWG Encoding Standard does not list, or lists as undecodable. */
const MORE_LABELS: ReadonlyMap<string, string> = new Map([
  ['cp949', 'euc-kr'],
  ['ms949', 'euc-kr'],
  ['uhc', 'euc-kr'],
  ['x-windows-949', 'euc-kr'],
  ['cp932', 'shift_jis'],
  ['eucjp', 'euc-jp'],
  ['euckr', 'euc-kr'],
  ['utf8mb4', 'utf-8'],
  ['iso-2022-kr', 'iso-2022-kr'],
  ['csiso2022kr', 'iso-2022-kr'],
]);

/**
 * The lower-case name of the encoding of a label, as in browsers: `latin1` means `windows-1252`, `ks_c_5601-1987` means
 * `euc-kr` (Encoding Standard §4.2). Null for an unknown label and for one that names no text (`x-user-defined`).
 */
export function charsetOfLabel(label: string): string | null {
  const plain = label.trim().toLowerCase();
  const charset = MORE_LABELS.get(plain);
  if (charset !== undefined) return charset;
  try {
    const { encoding } = new TextDecoder(plain);
    return canDecode(encoding) ? encoding : null;
  } catch {
    return null;
  }
}

/** Names in iconv-lite of encodings of the WHATWG standard, where they differ. */
const ICONV_NAMES: ReadonlyMap<string, string> = new Map([
  ['euc-kr', 'cp949'],
  ['shift_jis', 'cp932'],
  ['gbk', 'gb18030'],
  ['big5', 'big5-hkscs'],
  ['iso-8859-8-i', 'iso-8859-8'],
  ['x-mac-cyrillic', 'maccyrillic'],
]);

/** Whether `decodeAs` can decode the encoding. */
export function canDecode(charset: string): boolean {
  return charset.startsWith('iso-2022-') || iconv.encodingExists(iconvName(charset));
}

/**
 * Decodes bytes in an encoding of the WHATWG standard or in ISO-2022-KR; invalid bytes become U+FFFD. iconv-lite decodes
 * legacy encodings, because Node's `TextDecoder('euc-kr')` corrupts every syllable beyond KS X 1001.
 */
export function decodeAs(bytes: Uint8Array, charset: string): string {
  if (charset.startsWith('utf-')) return new TextDecoder(charset).decode(bytes);
  if (charset === 'iso-2022-kr') return iconv.decode(eucFromIso2022Kr(bytes), 'cp949');
  if (charset === 'iso-2022-jp') return iconv.decode(eucFromIso2022Jp(bytes), 'euc-jp');
  return iconv.decode(bytes, iconvName(charset), { stripBOM: false });
}

function iconvName(charset: string): string {
  return ICONV_NAMES.get(charset) ?? charset;
}
