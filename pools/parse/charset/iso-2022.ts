const ESCAPE = 0x1b;
const SHIFT_OUT = 0x0e;
const SHIFT_IN = 0x0f;
const LINE_FEED = 0x0a;
const HIGH = 0x80;
/** Prefixes in EUC-JP for half-width kana and for JIS X 0212. */
const SINGLE_SHIFT_2 = 0x8e;
const SINGLE_SHIFT_3 = 0x8f;

/** How EUC writes the bytes between two escapes. */
type Plane = 'ascii' | 'wide' | 'kana' | 'supplement';

/** Escape sequences of ISO-2022-JP and its extensions (RFC 1468, RFC 2237), without the escape byte. */
const JAPANESE_ESCAPES: readonly (readonly [string, Plane])[] = [
  ['(B', 'ascii'],
  ['(J', 'ascii'],
  ['$@', 'wide'],
  ['$B', 'wide'],
  ['(I', 'kana'],
  ['$(D', 'supplement'],
];
/** Announces KS X 1001 at the start of the text; it does not switch to it (RFC 1557). */
const KOREAN_DESIGNATION = '$)C';

/** Converts ISO-2022-KR (RFC 1557) to EUC-KR. Shift-out switches to KS X 1001, shift-in and line ends to ASCII. */
export function eucFromIso2022Kr(bytes: Uint8Array): Uint8Array {
  const euc = new ByteWriter(bytes.length);
  let isWide = false;
  for (let index = 0; index < bytes.length; index++) {
    const byte = bytes[index] ?? 0;
    if (byte === ESCAPE && follows(bytes, index + 1, KOREAN_DESIGNATION)) {
      index += KOREAN_DESIGNATION.length;
    } else if (byte === SHIFT_OUT || byte === SHIFT_IN) {
      isWide = byte === SHIFT_OUT;
    } else {
      if (byte === LINE_FEED) isWide = false;
      euc.write(isWide && isGraphic(byte) ? byte | HIGH : byte);
    }
  }
  return euc.bytes;
}

/** Converts ISO-2022-JP to EUC-JP. */
export function eucFromIso2022Jp(bytes: Uint8Array): Uint8Array {
  const euc = new ByteWriter(2 * bytes.length);
  let plane: Plane = 'ascii';
  let isSecond = false;
  for (let index = 0; index < bytes.length; index++) {
    const byte = bytes[index] ?? 0;
    const sequence = byte === ESCAPE ? escapeAt(bytes, index + 1) : null;
    if (sequence !== null) {
      index += sequence[0].length;
      plane = sequence[1];
      isSecond = false;
    } else if (plane === 'ascii' || !isGraphic(byte)) {
      if (byte === LINE_FEED) plane = 'ascii';
      euc.write(byte);
    } else {
      if (plane === 'kana') euc.write(SINGLE_SHIFT_2);
      if (plane === 'supplement' && !isSecond) euc.write(SINGLE_SHIFT_3);
      euc.write(byte | HIGH);
      isSecond = !isSecond;
    }
  }
  return euc.bytes;
}

class ByteWriter {
  readonly #buffer: Uint8Array;
  #length = 0;

  constructor(capacity: number) {
    this.#buffer = new Uint8Array(capacity);
  }

  get bytes(): Uint8Array {
    return this.#buffer.subarray(0, this.#length);
  }

  write(byte: number): void {
    this.#buffer[this.#length++] = byte;
  }
}

/** Which of the two encodings a text of seven-bit bytes uses; null if neither. */
export function iso2022Of(bytes: Uint8Array): 'iso-2022-kr' | 'iso-2022-jp' | null {
  for (let at = bytes.indexOf(ESCAPE); at >= 0; at = bytes.indexOf(ESCAPE, at + 1)) {
    if (follows(bytes, at + 1, KOREAN_DESIGNATION)) return 'iso-2022-kr';
    if (follows(bytes, at + 1, '$B') || follows(bytes, at + 1, '$@')) return 'iso-2022-jp';
  }
  return null;
}

function escapeAt(bytes: Uint8Array, from: number): readonly [string, Plane] | null {
  return JAPANESE_ESCAPES.find(([sequence]) => follows(bytes, from, sequence)) ?? null;
}

function follows(bytes: Uint8Array, from: number, ascii: string): boolean {
  for (let offset = 0; offset < ascii.length; offset++) {
    if (bytes[from + offset] !== ascii.charCodeAt(offset)) return false;
  }
  return true;
}

function isGraphic(byte: number): boolean {
  return byte > 0x20 && byte < 0x7f;
}
