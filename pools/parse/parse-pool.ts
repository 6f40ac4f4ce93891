import { isMarkedAsUntransferable } from 'node:worker_threads';
import { Piscina } from 'piscina';
import { messageOf } from '../../src/core/errors.ts';
import { PageError } from '../../src/core/ledger/page-error.ts';
import type { ParsedPage } from '../../src/model/parsed-page.ts';
import type { ParseJob, ParsePool } from '../../src/ports/parse-pool.ts';
import { ParseLanes } from './parse-lanes.ts';
import {
  type FilledParsePoolOptions,
  fillParsePoolOptions,
  type ParsePoolOptions,
} from './parse-pool-options.ts';
import type { ParseReply, ParseRequest } from './parse-worker.ts';

/**
 * Megabytes. Node grants a thread at its heap limit 16 MB more to end in. With V8's default size of the young generation
 * one collection can move more than that at once, and then V8 ends the whole process (Node 24.21: in 14 runs of 16, and
 * in none of 12 with 16 MB here).
 */
const YOUNG_GENERATION_MB = 16;
/** Milliseconds that an unused thread of the slow lane is kept. */
const IDLE_THREAD_MS = 30_000;

/**
 * Starts threads that parse one page at a time each. A page that hangs, exhausts the heap or crashes its thread rejects
 * with `parse-timeout`, `parse-memory` or `crash` (all retryable) and affects no other page. A page that cannot be parsed
 * rejects with `parse-error`, an aborted one with `cancelled`.
 *
 * The memory of a body that owns its whole `ArrayBuffer` moves to the thread: the caller's view is empty afterwards.
 * `close` accepts no more pages and waits for the accepted ones.
 */
export function createParsePool(options: ParsePoolOptions = {}): ParsePool {
  return new PiscinaParsePool(fillParsePoolOptions(options));
}

class PiscinaParsePool implements ParsePool {
  readonly #options: FilledParsePoolOptions;
  readonly #threads: Piscina<ParseRequest, ParseReply>;
  /** A page waits here and not in the queue of Piscina, so that its time limit starts with its turn. */
  readonly #lanes: ParseLanes;
  readonly #pages = new Set<Promise<unknown>>();
  #closing: Promise<void> | null = null;

  constructor(options: FilledParsePoolOptions) {
    this.#options = options;
    this.#lanes = new ParseLanes(options);
    this.#threads = new Piscina({
      filename: options.workerFile,
      minThreads: options.threads,
      maxThreads: options.threads + options.slowThreads,
      idleTimeout: IDLE_THREAD_MS,
      concurrentTasksPerWorker: 1,
      resourceLimits: {
        maxOldGenerationSizeMb: options.maxHeapMb,
        maxYoungGenerationSizeMb: YOUNG_GENERATION_MB,
      },
      recordTiming: false,
    });
    // Piscina replaces a thread that dies between two pages; no page is lost with it.
    this.#threads.on('error', () => {});
  }

  async parse(job: ParseJob, signal?: AbortSignal): Promise<ParsedPage> {
    if (this.#closing !== null)
      throw new PageError('cancelled', '[parse] the pool is closed', { retryable: true });
    if (this.#lanes.isFull)
      throw new PageError('internal', '[parse] too many pages wait', { retryable: true });
    const page = this.#inTurn(job, signal);
    this.#pages.add(page);
    try {
      return await page;
    } finally {
      this.#pages.delete(page);
    }
  }

  close(): Promise<void> {
    this.#closing ??= Promise.allSettled(this.#pages).then(() => this.#threads.destroy());
    return this.#closing;
  }

  async #inTurn(job: ParseJob, signal: AbortSignal | undefined): Promise<ParsedPage> {
    const release = await this.#lanes.enter(job.task ?? '', signal).catch((reason: unknown) => {
      throw abortFailure(reason, this.#options.timeoutMs);
    });
    try {
      return pageOf(await this.#onThread(job, signal));
    } finally {
      release();
    }
  }

  async #onThread(job: ParseJob, signal: AbortSignal | undefined): Promise<ParseReply> {
    const limit = AbortSignal.timeout(this.#options.timeoutMs);
    try {
      return await this.#threads.run(requestOf(job), {
        signal: signal === undefined ? limit : AbortSignal.any([signal, limit]),
        transferList: transferableBody(job.body),
      });
    } catch (error) {
      throw threadFailure(error, this.#options);
    }
  }
}

/** Copies the named fields alone: other fields of the caller's object may not be cloneable. */
function requestOf({ url, body, contentType, charset, scope }: ParseJob): ParseRequest {
  return { url, body, contentType, charset, scope };
}

function pageOf(reply: ParseReply): ParsedPage {
  if (reply.kind === 'parsed') return reply.page;
  const { reason, message, retryable } = reply.failure;
  throw new PageError(reason, message, { retryable });
}

/** Why a thread was lost, as a reason of the ledger; always retryable. */
export function threadFailure(
  error: unknown,
  limits: { readonly timeoutMs: number; readonly maxHeapMb: number },
) {
  if (error instanceof Error && error.name === 'AbortError')
    return abortFailure(error.cause, limits.timeoutMs);
  if (codeOf(error) === 'ERR_WORKER_OUT_OF_MEMORY') {
    return new PageError('parse-memory', `[parse] needs more than ${limits.maxHeapMb} MB`, about(error));
  }
  return new PageError('crash', `[parse] the thread was lost: ${messageOf(error)}`, about(error));
}

/** For a caller's own abort the reason is `cancelled`. */
export function abortFailure(cause: unknown, timeoutMs: number): PageError {
  const isTimeout = cause instanceof DOMException && cause.name === 'TimeoutError';
  return isTimeout
    ? new PageError('parse-timeout', `[parse] took longer than ${timeoutMs} ms`, about(cause))
    : new PageError('cancelled', '[parse] cancelled', about(cause));
}

function about(cause: unknown): { readonly retryable: true; readonly cause: unknown } {
  return { retryable: true, cause };
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : null;
}

/**
 * The buffers to move to the thread instead of copying them: that of a body that owns its whole buffer. A body that is
 * part of a larger buffer, as small ones are in Node's pool, is copied.
 */
export function transferableBody(body: Uint8Array | string): ArrayBuffer[] {
  if (typeof body === 'string' || !(body.buffer instanceof ArrayBuffer)) return [];
  const isWhole = body.byteLength === body.buffer.byteLength;
  return isWhole && !body.buffer.detached && !isMarkedAsUntransferable(body.buffer) ? [body.buffer] : [];
}
