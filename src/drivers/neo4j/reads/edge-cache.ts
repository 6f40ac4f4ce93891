import type { Ask } from '../../../core/map/way-graph.ts';
import type { Mark } from '../neo4j.ts';

export type Relation = Ask<number>['relation'];

/** A node with its edges along one relation: numbers, costs, and for links their texts. */
export interface Neighbours {
  readonly of: number;
  readonly to: readonly number[];
  readonly costs: readonly number[];
  readonly labels: readonly string[];
}

/** Nodes by number, for each relation. */
export class Neighbourhood {
  readonly #nodes: Readonly<Record<Relation, Map<number, Neighbours>>> = {
    shows: new Map(),
    links: new Map(),
    linkedBy: new Map(),
    shownOn: new Map(),
  };
  #size = 0;

  /** Nodes and their edges. */
  get size(): number {
    return this.#size;
  }

  get(relation: Relation, node: number): Neighbours | undefined {
    return this.#nodes[relation].get(node);
  }

  set(relation: Relation, node: Neighbours): void {
    this.#size += 1 + node.to.length;
    this.#nodes[relation].set(node.of, node);
  }

  *entries(): Generator<readonly [Relation, Neighbours]> {
    for (const [relation, nodes] of Object.entries(this.#nodes))
      for (const node of nodes.values()) yield [relation as Relation, node];
  }
}

/**
 * Edges that ways have gone by, for as long as nobody writes to the database: what was read between two equal marks
 * holds at that mark. Bounded: what was not used while the newer half filled up is forgotten.
 */
export class EdgeCache {
  readonly #most: number;
  #mark: Mark = [];
  #newer = new Neighbourhood();
  #older = new Neighbourhood();

  /** @param most nodes and edges that are kept. */
  constructor(most: number) {
    this.#most = most;
  }

  /** Forgets what does not hold at this mark. */
  turnTo(mark: Mark): void {
    if (isSame(mark, this.#mark)) return;
    this.#mark = mark;
    this.#newer = new Neighbourhood();
    this.#older = new Neighbourhood();
  }

  get(relation: Relation, node: number): Neighbours | undefined {
    const known = this.#newer.get(relation, node);
    if (known !== undefined) return known;
    const old = this.#older.get(relation, node);
    if (old !== undefined) this.#add(relation, old);
    return old;
  }

  /** Takes in what was read between two marks, unless the database was written to meanwhile. */
  keep(read: Neighbourhood, before: Mark, after: Mark): void {
    if (!isSame(before, after) || !isSame(after, this.#mark)) return;
    for (const [relation, node] of read.entries())
      if (this.get(relation, node.of) === undefined) this.#add(relation, node);
  }

  #add(relation: Relation, node: Neighbours): void {
    this.#newer.set(relation, node);
    if (this.#newer.size * 2 <= this.#most) return;
    this.#older = this.#newer;
    this.#newer = new Neighbourhood();
  }
}

function isSame(a: Mark, b: Mark): boolean {
  return a.join() === b.join();
}
