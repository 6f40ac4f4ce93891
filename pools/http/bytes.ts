export type Chunks = AsyncIterable<Uint8Array>;

export interface Collected {
  readonly bytes: Uint8Array;
  /** There were more than the limit. */
  readonly truncated: boolean;
}

const FIRST_BUFFER_BYTES = 65_536;

/**
 * Reads up to `maxBytes`, then stops the source. Copies into one buffer, so that a body sent byte by byte costs
 * no more memory than any other.
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

function grown(buffer: Uint8Array<ArrayBuffer>, needed: number, most: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(buffer.buffer.transfer(Math.min(Math.max(needed, buffer.length * 2), most)));
}

export interface Peeked {
  /** The first bytes: `count` of them or more, fewer only where there are no more. */
  readonly head: Uint8Array;
  /** Everything, the head included. */
  readonly all: Chunks;
}

/** Looks at the start of a source before anything else reads it. */
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
