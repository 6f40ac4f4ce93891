import { pipeline, type Transform } from 'node:stream';
import {
  constants,
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createInflateRaw,
  createZstdDecompress,
} from 'node:zlib';
import type { Dispatcher } from 'undici';
import { PageError } from '../../src/core/ledger/page-error.ts';
import { type Chunks, peek } from './bytes.ts';
import { headerOf } from './http-agent.ts';

/** Nested codings; a website with more is an attack. */
const MAX_CODINGS = 3;
/** The compression method in the first byte of a zlib stream (RFC 1950 §2.2). */
const ZLIB_METHOD = 8;
/** Accept a stream without its end, as browsers do. */
const LENIENT = { flush: constants.Z_SYNC_FLUSH, finishFlush: constants.Z_SYNC_FLUSH };
const LENIENT_BROTLI = {
  flush: constants.BROTLI_OPERATION_FLUSH,
  finishFlush: constants.BROTLI_OPERATION_FLUSH,
};
/** Windows over 8 MB are refused (RFC 9659 §3). */
const ZSTD = {
  flush: constants.ZSTD_e_flush,
  finishFlush: constants.ZSTD_e_flush,
  params: { [constants.ZSTD_d_windowLogMax]: 23 },
};

/** The body without its content codings (RFC 9110 §8.4.1), decoded while it is read. Throws a `PageError`. */
export async function decodeBody(response: Dispatcher.ResponseData): Promise<Chunks> {
  const codings = (headerOf(response, 'content-encoding') ?? '')
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(Boolean);
  if (codings.length > MAX_CODINGS) throw undecodable(`${codings.length} content codings`);
  let chunks: Chunks = response.body;
  for (const coding of codings.toReversed()) chunks = await decode(chunks, coding);
  return chunks;
}

async function decode(chunks: Chunks, coding: string): Promise<Chunks> {
  switch (coding) {
    case 'identity':
      return chunks;
    case 'gzip':
    case 'x-gzip':
      return gunzip(chunks);
    case 'br':
      return through(createBrotliDecompress(LENIENT_BROTLI), chunks);
    case 'zstd':
      return through(createZstdDecompress(ZSTD), chunks);
    case 'deflate':
      return inflate(chunks);
    default:
      throw undecodable(`content coding "${coding}"`);
  }
}

/** Decompresses gzip (RFC 1952). */
export function gunzip(chunks: Chunks): Chunks {
  return through(createGunzip(LENIENT), chunks);
}

/** `deflate` means a zlib stream (RFC 9110 §8.4.1.2), but some servers send the bare deflate stream inside it. */
async function inflate(chunks: Chunks): Promise<Chunks> {
  const { head, all } = await peek(chunks, 1);
  const isZlib = ((head[0] ?? 0) & 0x0f) === ZLIB_METHOD;
  return through(isZlib ? createInflate(LENIENT) : createInflateRaw(LENIENT), all);
}

async function* through(decoder: Transform, chunks: Chunks): AsyncGenerator<Uint8Array> {
  try {
    yield* pipeline(chunks, decoder, () => {});
  } catch (error) {
    throw isDecoderError(error) ? undecodable(error.message) : error;
  }
}

/** Errors of the connection pass through the decoder too. */
function isDecoderError(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && /^(?:Z_|ZSTD_|ERR__ERROR_)/.test(String(error.code));
}

function undecodable(detail: string): PageError {
  return new PageError('connection', `The body cannot be decoded: ${detail}`);
}
