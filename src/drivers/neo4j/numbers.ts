import type { Neo4j } from './neo4j.ts';

/** Numbers that are taken from the store at once. */
const RANGE = 20_000;

/**
 * Numbers that no other process has: they grow in one process and are never used again, so places are in the order in
 * which they were met. A range is taken by a transaction of its own, so that writers do not wait for each other.
 */
export class Numbers {
  readonly #neo4j: Neo4j;
  #next = 0;
  #end = 0;

  constructor(neo4j: Neo4j) {
    this.#neo4j = neo4j;
  }

  /** The first of so many numbers in a row. */
  async take(count: number): Promise<number> {
    if (this.#next + count > this.#end) await this.#reserve(Math.max(RANGE, count));
    const first = this.#next;
    this.#next += count;
    return first;
  }

  async #reserve(count: number): Promise<void> {
    const [row] = await this.#neo4j.write((run) =>
      run<{ end: number }>(
        `MERGE (c:COUNTER {name: 'n'}) ON CREATE SET c.value = 1
         SET c.value = c.value + $count RETURN c.value AS end`,
        { count },
      ),
    );
    this.#end = row?.end ?? 0;
    this.#next = this.#end - count;
  }
}
