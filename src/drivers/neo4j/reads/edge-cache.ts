import type { Mark } from '../neo4j.ts';
import { Neighbourhood, type Neighbours, type Relation } from './neighbourhood.ts';

/**
 * Edges that ways have gone by, for as long as nobody writes to the database: what was read between two equal marks
 * holds at that mark. Bounded: what was not used while the newer half filled up is forgotten.
 */
export class EdgeCache {
  readonly #mostBytes: number;
  #mark: Mark = [];
  #newer = new Neighbourhood();
  #older = new Neighbourhood();

  /** @param mostBytes memory for all of it, more or less. */
  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  /** Forgets what does not hold at this mark. */
  turnTo(mark: Mark): void {
    if (isSame(mark, this.#mark)) return;
    this.#mark = mark;
    this.#newer = new Neighbourhood();
    this.#older = new Neighbourhood();
  }

  has(relation: Relation, node: number): boolean {
    return this.#newer.has(relation, node) || this.#older.has(relation, node);
  }

  get(relation: Relation, node: number): Neighbours | undefined {
    const known = this.#newer.get(relation, node);
    if (known !== undefined) return known;
    const old = this.#older.get(relation, node);
    if (old !== undefined) this.#add(relation, node, old);
    return old;
  }

  /** Takes in what was read between two marks, unless the database was written to meanwhile. */
  keep(read: Neighbourhood, before: Mark, after: Mark): void {
    if (!isSame(before, after) || !isSame(after, this.#mark)) return;
    for (const [relation, node, edges] of read.nodes())
      if (!this.has(relation, node)) this.#add(relation, node, edges);
  }

  #add(relation: Relation, node: number, edges: Neighbours): void {
    this.#newer.copy(relation, node, edges);
    if (this.#newer.bytes * 2 <= this.#mostBytes) return;
    this.#older = this.#newer;
    this.#newer = new Neighbourhood();
  }
}

function isSame(a: Mark, b: Mark): boolean {
  return a.join() === b.join();
}
