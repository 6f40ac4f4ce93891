import { canDecode } from './decode-as.ts';

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
 * The name of the encoding that a label stands for, lower-case, as browsers read it: `latin1` means `windows-1252`,
 * `ks_c_5601-1987` means `euc-kr` (Encoding Standard §4.2). Null for a label that no one knows, or
 * that stands for no text (`x-user-defined`).
 */
export function charsetOfLabel(label: string): string | null {
  const plain = label.trim().toLowerCase();
  const known = MORE_LABELS.get(plain);
  if (known !== undefined) return known;
  try {
    const charset = new TextDecoder(plain).encoding;
    return canDecode(charset) ? charset : null;
  } catch {
    return null;
  }
}
