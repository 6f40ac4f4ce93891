import { PageError } from '../../src/core/ledger/page-error.ts';

/** The time that one document may take, from the first look-up to the last byte, redirects included. */
export class Deadline {
  readonly #controller = new AbortController();
  readonly #timer: NodeJS.Timeout;
  readonly #parent: AbortSignal | undefined;
  readonly #onParentAbort = () => this.#controller.abort(this.#parent?.reason);

  /** @param parent ends the work earlier, with its own reason. */
  constructor(ms: number, parent?: AbortSignal) {
    this.#parent = parent;
    const timeout = new PageError('timeout', `Not done after ${ms} ms`, { retryable: true });
    this.#timer = setTimeout(() => this.#controller.abort(timeout), ms);
    if (parent?.aborted) this.#onParentAbort();
    else parent?.addEventListener('abort', this.#onParentAbort, { once: true });
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Ends whatever still runs under the signal, such as the rest of a body. */
  end(): void {
    clearTimeout(this.#timer);
    this.#parent?.removeEventListener('abort', this.#onParentAbort);
    this.#controller.abort();
  }
}
