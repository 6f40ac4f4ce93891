export type Chunks = AsyncIterable<Uint8Array>;

export interface Collected {
  readonly bytes: Uint8Array;
  /** The source held more than the limit. */
  readonly truncated: boolean;
}

const FIRST_BUFFER_BYTES = 65_536;

/**
 * Reads up to `maxBytes`, then stops the source. It copies into one buffer, so that a body that arrives byte by byte
 * takes no more memory than any other.
 */
export async function collect(chunks: Chunks, maxBytes: number): Promise<Collected> {
  let buffer = new Uint8Array(Math.min(FIRST_BUFFER_BYTES, maxBytes));
  let length = 0;
  let truncated = false;
  for await (const chunk of chunks) {
    const taken = chunk.subarray(0, maxBytes - length);
    if (length + taken.length > buffer.length) buffer = grown(buffer, length + taken.length, maxBytes);
    buffer.set(taken, length);
    length += taken.length;
    truncated = taken.length < chunk.length;
    if (truncated) break;
  }
  return { bytes: new Uint8Array(buffer.buffer.transfer(length)), truncated };
}

function grown(buffer: Uint8Array<ArrayBuffer>, needed: number, max: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(buffer.buffer.transfer(Math.min(Math.max(needed, buffer.length * 2), max)));
}

export interface Peeked {
  /** The first `count` bytes or more; fewer if the source is shorter. */
  readonly head: Uint8Array;
  /** The whole source, the head included. */
  readonly all: Chunks;
}

/** Reads the start of a source; `all` still yields it. */
export async function peek(chunks: Chunks, count: number): Promise<Peeked> {
  const source = chunks[Symbol.asyncIterator]();
  const first: Uint8Array[] = [];
  let seen = 0;
  while (seen < count) {
    const { value, done } = await source.next();
    if (done) break;
    first.push(value);
    seen += value.length;
  }
  return { head: Buffer.concat(first), all: replay(first, source) };
}

async function* replay(
  first: readonly Uint8Array[],
  rest: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  try {
    yield* first;
    yield* { [Symbol.asyncIterator]: () => rest };
  } finally {
    await rest.return?.();
  }
}
