import type { PageWrite } from '../../../model/page.ts';

/** Sections, links and headings of a transaction, and characters of its texts: Neo4j keeps it in memory. A page is never cut. */
const MAX_ROWS = 10_000;
const MAX_CHARACTERS = 1_000_000;

/** Pages that are stored in one transaction each: none twice in one, so that the later version is the one that stays. */
export function* pageBatches(pages: readonly PageWrite[]): Generator<readonly PageWrite[]> {
  const sent = new Set<string>();
  let batch = new Batch(sent);
  for (const page of pages) {
    if (!batch.takes(page)) {
      yield batch.pages;
      batch = new Batch(sent);
    }
    batch.add(page);
  }
  if (batch.pages.length > 0) yield batch.pages;
}

class Batch {
  readonly #pages = new Map<string, PageWrite>();
  readonly #sent: Set<string>;
  #rows = 0;
  #characters = 0;

  /** @param sent hashes of texts that were sent before, and of those that this batch sends. */
  constructor(sent: Set<string>) {
    this.#sent = sent;
  }

  get pages(): readonly PageWrite[] {
    return [...this.#pages.values()];
  }

  takes(page: PageWrite): boolean {
    if (this.#pages.size === 0) return true;
    const fits =
      this.#rows + rowsOf(page) <= MAX_ROWS && this.#characters + this.#newCharacters(page) <= MAX_CHARACTERS;
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
