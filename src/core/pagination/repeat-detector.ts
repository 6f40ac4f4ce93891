/** Pages in a row that must list the same. Two may be alike by chance, as where a short last page is shown twice. */
const ALIKE = 3;

/** Notices a board that goes on without end: from some page on, all its pages list the same, or nothing. */
export class RepeatDetector {
  readonly #position: ReadonlyMap<number, number>;
  readonly #hashes: (string | undefined)[];

  /** `pages` are the numbers of the pages that will be visited, ascending. They may be seen in any order. */
  constructor(pages: readonly number[]) {
    this.#position = new Map(pages.map((page, index) => [page, index]));
    this.#hashes = new Array(pages.length).fill(undefined);
  }

  /** Notes what a page lists; answers whether it is one of several in a row that list the same. */
  see(page: number, hash: string): boolean {
    const position = this.#position.get(page);
    if (position === undefined) return false;
    this.#hashes[position] = hash;
    return 1 + this.#alike(position, hash, -1) + this.#alike(position, hash, 1) >= ALIKE;
  }

  /** Neighbours on one side that list the same, as far as it matters. */
  #alike(position: number, hash: string, direction: 1 | -1): number {
    let count = 0;
    while (count < ALIKE && this.#hashes[position + direction * (count + 1)] === hash) count++;
    return count;
  }
}
