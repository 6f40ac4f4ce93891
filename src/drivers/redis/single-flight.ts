/** Runs work one at a time. All calls during a run share one more run after it. */
export class SingleFlight {
  readonly #work: () => Promise<void>;
  readonly #onError: (error: unknown) => void;
  #current: Promise<void> = Promise.resolve();
  #next: Promise<void> | null = null;

  constructor(work: () => Promise<void>, onError: (error: unknown) => void) {
    this.#work = work;
    this.#onError = onError;
  }

  /** Resolves after a run that begins after this call; never rejects. */
  run(): Promise<void> {
    this.#next ??= this.#after(this.#current);
    return this.#next;
  }

  /** Resolves when no run is left. */
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
