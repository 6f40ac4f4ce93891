const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const REFERENCE = /&(?:(amp|lt|gt|quot|apos)|#(\d{1,7})|#x([\da-fA-F]{1,6}));/g;
const CDATA_START = '<![CDATA[';
const CDATA_END = ']]>';
const LAST_CODE_POINT = 0x10ffff;

/**
 * The text of an XML element that holds nothing else: white space around it dropped, a CDATA section taken as it is,
 * XML's five entities and character references decoded once; references that nothing is known of stay.
 */
export function xmlText(raw: string): string {
  const text = raw.trim();
  if (text.startsWith(CDATA_START) && text.endsWith(CDATA_END)) {
    return text.slice(CDATA_START.length, -CDATA_END.length).trim();
  }
  return text.replace(REFERENCE, decodeReference).trim();
}

function decodeReference(reference: string, name?: string, decimal?: string, hex?: string): string {
  if (name !== undefined) return NAMED[name] ?? reference;
  const codePoint = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number.parseInt(decimal, 10);
  return codePoint > 0 && codePoint <= LAST_CODE_POINT ? String.fromCodePoint(codePoint) : reference;
}
