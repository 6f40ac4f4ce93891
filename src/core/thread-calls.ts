import { ERRORS, type ErrorCode, messageOf, WaymarkError } from './errors.ts';

/** What a thread answers to the call with this number. */
export type ReplyMessage =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly id: number; readonly ok: false; readonly code: string | null; readonly message: string };

/** The number that a thread answers with once it is open, or could not be opened. */
export const OPENING = 0;
/** Asks a thread to close what it holds and end. */
export const CLOSE = 'close';

interface Pending {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** The calls of another thread that are not answered yet. */
export class ThreadCalls {
  readonly #whenStopped: string;
  readonly #pending = new Map<number, Pending>();
  #lastId = OPENING;
  #ended: WaymarkError | null = null;

  /** @param whenStopped what calls are told once the thread has stopped. */
  constructor(whenStopped: string) {
    this.#whenStopped = whenStopped;
  }

  /** Settles when the thread is open; rejects with what it says of why it is not. */
  async opened(): Promise<void> {
    await new Promise<unknown>((resolve, reject) => this.#pending.set(OPENING, { resolve, reject }));
  }

  /**
   * Rejects with the code of the thread's error, `storage-failed` where it has none, and where the thread takes no calls.
   *
   * @param send posts the call under this number.
   */
  call(send: (id: number) => void): Promise<unknown> {
    if (this.#ended !== null) return Promise.reject(this.#ended);
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      send(id);
      this.#pending.set(id, { resolve, reject });
    });
  }

  settle(answer: ReplyMessage): void {
    const pending = this.#pending.get(answer.id);
    this.#pending.delete(answer.id);
    if (answer.ok) pending?.resolve(answer.value);
    else pending?.reject(errorFrom(answer.code, answer.message));
  }

  /** Takes no more calls; those that were made may still be answered. */
  refuse(error: WaymarkError): void {
    this.#ended ??= error;
  }

  /** The thread has stopped: nothing will be answered. */
  failAll(cause: unknown): void {
    this.#ended ??= new WaymarkError('storage-failed', this.#whenStopped, { cause });
    for (const { reject } of this.#pending.values()) reject(this.#ended);
    this.#pending.clear();
  }
}

/** What a thread answers to a call that has failed. */
export function failureReply(id: number, error: unknown): ReplyMessage {
  const code = error instanceof WaymarkError ? error.code : null;
  return { id, ok: false, code, message: messageOf(error) };
}

function errorFrom(code: string | null, message: string): WaymarkError {
  const known = code !== null && code in ERRORS ? (code as ErrorCode) : 'storage-failed';
  return new WaymarkError(known, message);
}
