import { isMarkedAsUntransferable } from 'node:worker_threads';
import { Piscina } from 'piscina';
import { messageOf } from '../../src/core/errors.ts';
import { PageError } from '../../src/core/ledger/page-error.ts';
import type { ParsedPage } from '../../src/model/parsed-page.ts';
import type { ParseJob, ParsePool } from '../../src/ports/parse-pool.ts';
import {
  type FilledParsePoolOptions,
  fillParsePoolOptions,
  type ParsePoolOptions,
} from './parse-pool-options.ts';
import type { ParseReply, ParseRequest } from './parse-worker.ts';
import { ThreadSemaphore } from './thread-semaphore.ts';

/**
 * Megabytes. A thread that meets its heap limit gets 16 MB more to die in. With V8's default one collection of young
 * objects can move more than that at once, and then V8 ends the whole process (Node 24.21: in 14 runs of 16, and
 * in none of 12 with 16 MB here).
 */
const YOUNG_GENERATION_MB = 16;

/**
 * Starts threads that parse pages, one at a time each. A page that hangs, uses up the memory or brings its thread
 * down is rejected with `parse-timeout`, `parse-memory` or `crash` (all retryable) and costs no other page
 * anything; one that cannot be parsed is rejected with `parse-error`, one that is called off with `cancelled`.
 *
 * The memory of a body that owns its whole `ArrayBuffer` moves to the thread: the caller's view is empty afterwards.
 * `close` takes no more pages and waits for those that were taken.
 */
export function createParsePool(options: ParsePoolOptions = {}): ParsePool {
  return new PiscinaParsePool(fillParsePoolOptions(options));
}

class PiscinaParsePool implements ParsePool {
  readonly #options: FilledParsePoolOptions;
  readonly #threads: Piscina<ParseRequest, ParseReply>;
  readonly #slots: ThreadSemaphore;
  readonly #pages = new Set<Promise<unknown>>();
  #closing: Promise<void> | null = null;

  constructor(options: FilledParsePoolOptions) {
    this.#options = options;
    this.#slots = new ThreadSemaphore(options.threads, options.maxQueue);
    this.#threads = new Piscina({
      filename: options.workerFile,
      minThreads: options.threads,
      maxThreads: options.threads,
      concurrentTasksPerWorker: 1,
      resourceLimits: {
        maxOldGenerationSizeMb: options.maxHeapMb,
        maxYoungGenerationSizeMb: YOUNG_GENERATION_MB,
      },
      recordTiming: false,
    });
    // A thread that dies between two pages is replaced; the pages that wait are not its own.
    this.#threads.on('error', () => {});
  }

  async parse(job: ParseJob, signal?: AbortSignal): Promise<ParsedPage> {
    if (this.#closing !== null)
      throw new PageError('cancelled', '[parse] the pool is closed', { retryable: true });
    if (this.#slots.isFull)
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
    await this.#slots.take(signal).catch((reason: unknown) => {
      throw abortFailure(reason, this.#options.timeoutMs);
    });
    try {
      return pageOf(await this.#onThread(job, signal));
    } finally {
      this.#slots.give();
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

/** The named fields alone: whatever else the caller's object has need not be fit to cross. */
function requestOf({ url, body, contentType, charset, scope }: ParseJob): ParseRequest {
  return { url, body, contentType, charset, scope };
}

function pageOf(reply: ParseReply): ParsedPage {
  if (reply.kind === 'parsed') return reply.page;
  const { reason, message, retryable } = reply.failure;
  throw new PageError(reason, message, { retryable });
}

/** Why a thread was lost, in the ledger's terms. All of these are worth another visit. */
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
    : new PageError('cancelled', '[parse] called off', about(cause));
}

function about(cause: unknown): { readonly retryable: true; readonly cause: unknown } {
  return { retryable: true, cause };
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : null;
}

/**
 * What can be handed to a thread without copying: the memory of a body that is all its own. A body that is a part
 * of a larger buffer, as small ones are in Node's pool, is copied.
 */
export function transferableBody(body: Uint8Array | string): ArrayBuffer[] {
  if (typeof body === 'string' || !(body.buffer instanceof ArrayBuffer)) return [];
  const isWhole = body.byteLength === body.buffer.byteLength;
  return isWhole && !body.buffer.detached && !isMarkedAsUntransferable(body.buffer) ? [body.buffer] : [];
}
