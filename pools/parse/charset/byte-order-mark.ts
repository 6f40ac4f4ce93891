export interface ByteOrderMark {
  readonly charset: string;
  /** Bytes. */
  readonly length: number;
}

/** The encoding that the first bytes give away (Encoding Standard §6, BOM sniff); null if there is no mark. */
export function byteOrderMarkOf(bytes: Uint8Array): ByteOrderMark | null {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return { charset: 'utf-8', length: 3 };
  if (first === 0xfe && second === 0xff) return { charset: 'utf-16be', length: 2 };
  if (first === 0xff && second === 0xfe) return { charset: 'utf-16le', length: 2 };
  return null;
}
