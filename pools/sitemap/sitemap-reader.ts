import { once } from 'node:events';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { Piscina } from 'piscina';
import { workerFile } from '../../src/core/worker-file.ts';
import type { SitemapEntries, SitemapReader } from '../../src/ports/sitemap-reader.ts';
import type { Chunks } from '../http/bytes.ts';
import { openDocument } from '../http/document-client.ts';
import type { HttpAgent } from '../http/http-agent.ts';
import { networkFailure } from '../net/network-failure.ts';
import type { SitemapPiece, SitemapReply } from './sitemap-worker.ts';

export interface SitemapReaderOptions {
  readonly agent: HttpAgent;
  /** Of one file, without codings. Default: 50 MiB, the limit of the protocol (sitemaps.org). */
  readonly maxBytes?: number;
  /** For one file, in milliseconds, the time included in which the caller handles batches. Default: 120 s. */
  readonly timeoutMs?: number;
}

const MAX_BYTES = 50 * 1024 * 1024;
const TIMEOUT_MS = 120_000;
/** Bounds the work of the thread, and the entries of a batch, between two looks at the signal. */
const PIECE_BYTES = 64 * 1024;
const HEAP_MB = 256;
const IDLE_MS = 10_000;
/** Sitemaps that are read at once; each waits for its network most of the time. */
const FILES_AT_ONCE = 16;

/** Reads sitemaps on a thread of its own, which exists while there is work. */
export class ThreadedSitemapReader implements SitemapReader {
  readonly #agent: HttpAgent;
  readonly #maxBytes: number;
  readonly #timeoutMs: number;
  readonly #thread: Piscina<MessagePort, void>;

  constructor(options: SitemapReaderOptions) {
    this.#agent = options.agent;
    this.#maxBytes = options.maxBytes ?? MAX_BYTES;
    this.#timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
    this.#thread = new Piscina({
      filename: workerFile('./sitemap-worker.ts', import.meta.url).href,
      minThreads: 0,
      maxThreads: 1,
      concurrentTasksPerWorker: FILES_AT_ONCE,
      idleTimeout: IDLE_MS,
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
      recordTiming: false,
    });
    this.#thread.on('error', () => {});
  }

  async *read(url: string, signal: AbortSignal): AsyncGenerator<SitemapEntries> {
    using deadline = this.#agent.deadline(this.#timeoutMs, signal);
    try {
      const { status, chunks } = await openDocument(this.#agent, url, deadline.signal);
      if (status !== 200) return;
      using file = new FileOnThread(this.#thread, deadline.signal);
      for await (const piece of pieces(chunks, this.#maxBytes)) {
        const { entries, isDone } = await file.take(piece);
        yield entries;
        if (isDone) return;
      }
      yield (await file.take(null)).entries;
    } catch (error) {
      deadline.signal.throwIfAborted();
      throw networkFailure(error);
    }
  }

  async close(): Promise<void> {
    await this.#thread.destroy();
  }
}

/** One sitemap that the thread reads: each piece is replied to before the next is sent. */
class FileOnThread implements Disposable {
  readonly #port: MessagePort;
  readonly #signal: AbortSignal;
  /** Rejects when the thread is lost. */
  readonly #run: Promise<void>;

  constructor(thread: Piscina<MessagePort, void>, signal: AbortSignal) {
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    this.#signal = signal;
    this.#run = thread.run(port2, { transferList: [port2] });
    this.#run.catch(() => {});
  }

  async take(piece: SitemapPiece): Promise<SitemapReply> {
    const reply = once(this.#port, 'message', { signal: this.#signal });
    this.#port.postMessage(piece);
    const [first] = (await Promise.race([reply, this.#lost()])) as [SitemapReply];
    return first;
  }

  [Symbol.dispose](): void {
    this.#port.close();
  }

  async #lost(): Promise<never> {
    await this.#run;
    throw new Error('the thread that reads sitemaps has stopped');
  }
}

/** The first `maxBytes` of a document in pieces that are not too large for one message. */
async function* pieces(chunks: Chunks, maxBytes: number): AsyncGenerator<Uint8Array> {
  let left = maxBytes;
  for await (const chunk of chunks) {
    const taken = chunk.subarray(0, left);
    for (let at = 0; at < taken.length; at += PIECE_BYTES) yield taken.subarray(at, at + PIECE_BYTES);
    left -= taken.length;
    if (left === 0) return;
  }
}
