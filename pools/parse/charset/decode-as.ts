import iconv from 'iconv-lite';
import { eucFromIso2022Jp, eucFromIso2022Kr } from './iso-2022.ts';

/** What iconv-lite calls an encoding of the WHATWG standard, where the names differ. */
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
 * Decodes bytes in an encoding of the WHATWG standard, or in ISO-2022-KR; what is not valid becomes U+FFFD. Legacy
 * encodings go through iconv-lite: Node's own `TextDecoder('euc-kr')` garbles every syllable beyond KS X 1001.
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
