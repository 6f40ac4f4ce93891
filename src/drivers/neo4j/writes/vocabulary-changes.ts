import type { Run } from '../neo4j.ts';

/** Counts by how many texts more, or fewer, hold each word. */
export class VocabularyChanges {
  readonly #changes = new Map<string, number>();

  /** @param words of one text, each once, between spaces. */
  add(words: string): void {
    this.#count(words, 1);
  }

  remove(words: string): void {
    this.#count(words, -1);
  }

  /** Notes the changes; `foldWords` brings them into the vocabulary. Writers of the same words do not wait for each other. */
  async write(run: Run): Promise<void> {
    const changes = [...this.#changes].filter(([, by]) => by !== 0);
    if (changes.length === 0) return;
    await run('CREATE (:WORD_CHANGES {words: $words, by: $by})', {
      words: changes.map(([word]) => word).join(' '),
      by: changes.map(([, by]) => by).join(' '),
    });
  }

  #count(words: string, by: number): void {
    if (words === '') return;
    for (const word of words.split(' ')) this.#changes.set(word, (this.#changes.get(word) ?? 0) + by);
  }
}
