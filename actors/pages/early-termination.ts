import type { UrlReason } from '../../src/model/reason.ts';
import type { Frontier } from '../../src/ports/frontier.ts';
import type { Logger } from '../../src/ports/logger.ts';

export interface EarlyTerminationParts {
  readonly taskId: string;
  readonly frontier: Frontier;
  readonly log: Logger;
}

/** Ends a run before every page is visited: because of a limit of the crawl, or because a part has failed. */
export class EarlyTermination {
  readonly #parts: EarlyTerminationParts;
  readonly #ended = new AbortController();
  #failure: { readonly error: unknown } | null = null;

  constructor(parts: EarlyTerminationParts) {
    this.#parts = parts;
  }

  /** Aborts when the run must end. */
  get signal(): AbortSignal {
    return this.#ended.signal;
  }

  get isFailure(): boolean {
    return this.#failure !== null;
  }

  /** Ends the crawl: pages that were not visited yet are skipped with this reason. */
  async terminate(reason: UrlReason): Promise<void> {
    const { taskId, frontier, log } = this.#parts;
    log.warn('the crawl terminates early', { task: taskId, reason });
    await frontier.close(reason);
    this.#ended.abort();
  }

  /** Ends the run, which can be tried again; only the first error is kept. */
  fail(error: unknown): void {
    this.#failure ??= { error };
    this.#ended.abort();
  }

  throwIfFailed(): void {
    if (this.#failure !== null) throw this.#failure.error;
  }
}
