/** Work that is done one at a time: all who ask for it while it is being done share one more time, afterwards. */
export class SingleFlight {
  readonly #work: () => Promise<void>;
  readonly #onError: (error: unknown) => void;
  #current: Promise<void> = Promise.resolve();
  #next: Promise<void> | null = null;

  constructor(work: () => Promise<void>, onError: (error: unknown) => void) {
    this.#work = work;
    this.#onError = onError;
  }

  /** Resolves when the work has been done once from its start after this call; never rejects. */
  ask(): Promise<void> {
    this.#next ??= this.#after(this.#current);
    return this.#next;
  }

  /** Resolves when what was asked for so far is done. */
  async idle(): Promise<void> {
    await (this.#next ?? this.#current);
  }

  async #after(previous: Promise<void>): Promise<void> {
    await previous;
    this.#current = this.#next ?? previous;
    this.#next = null;
    await this.#work().catch(this.#onError);
  }
}
