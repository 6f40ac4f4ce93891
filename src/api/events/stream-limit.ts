import { WaymarkError } from '../../core/errors.ts';

/** Counts the event streams that are open in this process. */
export class StreamLimit {
  readonly #most: number;
  #open = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** Answers the function that closes the stream. @throws {WaymarkError} `too-many-streams`. */
  open(): () => void {
    if (this.#open >= this.#most)
      throw new WaymarkError('too-many-streams', `${this.#most} event streams are open already.`);
    this.#open += 1;
    return () => {
      this.#open -= 1;
    };
  }
}
