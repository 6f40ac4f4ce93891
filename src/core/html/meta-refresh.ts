export interface MetaRefresh {
  readonly seconds: number;
  /** As written; empty for a plain reload. */
  readonly target: string;
}

const REFRESH = /^\s*(\d{1,9})?(?:\.[\d.]*)?\s*[;,\s]\s*(?:url\s*=\s*)?(.*)$/is;

/** Reads the `content` of `meta http-equiv=refresh` (HTML §4.2.5.3, shared declarative refresh steps). */
export function parseMetaRefresh(content: string): MetaRefresh | null {
  const plain = /^\s*(\d{1,9})(?:\.[\d.]*)?\s*$/.exec(content);
  if (plain !== null) return { seconds: Number(plain[1]), target: '' };
  const match = REFRESH.exec(content);
  if (match === null) return null;
  return { seconds: Number(match[1] ?? 0), target: unquoted((match[2] ?? '').trim()) };
}

function unquoted(target: string): string {
  const quote = target[0];
  if (quote !== '"' && quote !== "'") return target;
  const end = target.indexOf(quote, 1);
  return target.slice(1, end < 0 ? undefined : end);
}
