import { hash } from 'node:crypto';

/** Two of a million texts have the same digest with a chance of 1 in 10²². Known to `shared/lookup.lua`. */
const DIGEST_BYTES = 14;

/** Digests of the texts that one command names: it names each by the number that it has here. */
export class DigestTable {
  readonly #numbers = new Map<string, number>();

  /** The number of this text, from 0. */
  number(text: string): number {
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    this.#numbers.set(text, this.#numbers.size);
    return this.#numbers.size - 1;
  }

  /** All digests, one after the other. */
  toBuffer(): Buffer {
    const bytes = Buffer.alloc(this.#numbers.size * DIGEST_BYTES);
    for (const [text, number] of this.#numbers) {
      hash('sha256', text, 'buffer').copy(bytes, number * DIGEST_BYTES, 0, DIGEST_BYTES);
    }
    return bytes;
  }
}
