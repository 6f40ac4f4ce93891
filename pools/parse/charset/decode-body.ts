import { byteOrderMarkOf } from './byte-order-mark.ts';
import { charsetOfLabel } from './charset-label.ts';
import { decodeAs } from './decode-as.ts';
import { detectCharset } from './detect-charset.ts';
import { prescan } from './prescan.ts';

export interface DecodedBody {
  readonly text: string;
  /** Lower-case name of the encoding. */
  readonly charset: string;
}

/**
 * Decodes a document: by its byte order mark, else by the header's charset, else by what it declares itself
 * (HTML §13.2.3.1), else by what its bytes look like. A label that is not known counts as none.
 */
export function decodeBody(bytes: Uint8Array, headerCharset: string | null): DecodedBody {
  const mark = byteOrderMarkOf(bytes);
  if (mark !== null)
    return { text: decodeAs(bytes.subarray(mark.length), mark.charset), charset: mark.charset };
  const fromHeader = headerCharset === null ? null : charsetOfLabel(headerCharset);
  const charset = fromHeader ?? prescan(bytes) ?? detectCharset(bytes);
  return { text: decodeAs(bytes, charset), charset };
}
