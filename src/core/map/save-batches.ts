import type { PageWrite, SaveSize } from '../../model/page.ts';

/** No bound but that of `saveBatches` itself. */
export const ANY_SIZE: SaveSize = {
  pages: Number.POSITIVE_INFINITY,
  rows: Number.POSITIVE_INFINITY,
  characters: Number.POSITIVE_INFINITY,
};

/**
 * Pages in the batches that a store saves one by one. A page larger than `size` is a batch by itself. No batch holds a page
 * twice, so the later version stays.
 */
export function* saveBatches(pages: readonly PageWrite[], size: SaveSize): Generator<readonly PageWrite[]> {
  const sent = new Set<string>();
  let batch = new Batch(size, sent);
  for (const page of pages) {
    if (!batch.takes(page)) {
      yield batch.pages;
      batch = new Batch(size, sent);
    }
    batch.add(page);
  }
  if (batch.pages.length > 0) yield batch.pages;
}

class Batch {
  readonly #pages = new Map<string, PageWrite>();
  readonly #size: SaveSize;
  readonly #sent: Set<string>;
  #rows = 0;
  #characters = 0;

  /** @param sent hashes of texts that were sent before, and of those that this batch sends. */
  constructor(size: SaveSize, sent: Set<string>) {
    this.#size = size;
    this.#sent = sent;
  }

  get pages(): readonly PageWrite[] {
    return [...this.#pages.values()];
  }

  takes(page: PageWrite): boolean {
    if (this.#pages.size === 0) return true;
    const { pages, rows, characters } = this.#size;
    const fits =
      this.#pages.size < pages &&
      this.#rows + rowsOf(page) <= rows &&
      this.#characters + this.#newCharacters(page) <= characters;
    return fits && !this.#pages.has(page.url);
  }

  add(page: PageWrite): void {
    this.#rows += rowsOf(page);
    this.#characters += this.#newCharacters(page);
    for (const { hash } of page.parsed.sections) this.#sent.add(hash);
    this.#pages.set(page.url, page);
  }

  /** A text that several pages show is sent once: what earlier transactions have stored is found by its hash. */
  #newCharacters({ parsed: { sections } }: PageWrite): number {
    return sections.reduce((sum, { hash, text }) => sum + (this.#sent.has(hash) ? 0 : text.length), 0);
  }
}

function rowsOf({ parsed: { sections, links, headings } }: PageWrite): number {
  return sections.length + links.length + headings.length;
}
