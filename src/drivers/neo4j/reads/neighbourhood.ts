import type { Ask } from '../../../core/map/link-graph.ts';

export type Relation = Ask<number>['relation'];

/** Edges as they are read: numbers of nodes, costs, and for links their texts. */
export interface EdgeLists {
  readonly to: readonly number[];
  readonly costs: readonly number[];
  /** May be shorter: what is not there is empty. */
  readonly labels: readonly string[];
}

/** Numbers that an edge takes: a node, a cost, a label. */
const EDGE_LENGTH = 3;
const FIRST_LENGTH = 1024;
/** What a node takes beside its edges, and a label beside its letters: entries of maps, headers. Estimated. */
const NODE_BYTES = 48;
const LABEL_BYTES = 80;

/**
 * Nodes with their edges along each relation, packed: a number for each end, cost and label, and each label once. A
 * quarter of what arrays of them take.
 */
export class Neighbourhood {
  readonly #starts: Readonly<Record<Relation, Map<number, number>>> = {
    shows: new Map(),
    links: new Map(),
    linkedBy: new Map(),
    shownOn: new Map(),
  };
  readonly #labels: string[] = [];
  readonly #labelIds = new Map<string, number>();
  #numbers = new Int32Array(FIRST_LENGTH);
  #used = 0;
  #bytes = 0;

  /** Memory that it takes, more or less. */
  get bytes(): number {
    return this.#bytes;
  }

  has(relation: Relation, node: number): boolean {
    return this.#starts[relation].has(node);
  }

  get(relation: Relation, node: number): Neighbours | undefined {
    const start = this.#starts[relation].get(node);
    return start === undefined ? undefined : new Neighbours(this.#numbers, this.#labels, start);
  }

  add(relation: Relation, node: number, { to, costs, labels }: EdgeLists): void {
    this.#begin(relation, node, to.length);
    for (let at = 0; at < to.length; at += 1) this.#append(to[at] ?? 0, costs[at] ?? 0, labels[at] ?? '');
  }

  /** Adds what another has of a node. */
  copy(relation: Relation, node: number, from: Neighbours): void {
    this.#begin(relation, node, from.size);
    for (let at = 0; at < from.size; at += 1) this.#append(from.to(at), from.cost(at), from.label(at));
  }

  *nodes(): Generator<readonly [Relation, number, Neighbours]> {
    for (const [relation, starts] of Object.entries(this.#starts))
      for (const [node, start] of starts)
        yield [relation as Relation, node, new Neighbours(this.#numbers, this.#labels, start)];
  }

  #begin(relation: Relation, node: number, edges: number): void {
    this.#reserve(1 + edges * EDGE_LENGTH);
    this.#starts[relation].set(node, this.#used);
    this.#numbers[this.#used] = edges;
    this.#used += 1;
    this.#bytes += NODE_BYTES + this.#numbers.BYTES_PER_ELEMENT * (1 + edges * EDGE_LENGTH);
  }

  #append(to: number, cost: number, label: string): void {
    this.#numbers[this.#used] = to;
    this.#numbers[this.#used + 1] = cost;
    this.#numbers[this.#used + 2] = this.#idOf(label);
    this.#used += EDGE_LENGTH;
  }

  #idOf(label: string): number {
    const known = this.#labelIds.get(label);
    if (known !== undefined) return known;
    const id = this.#labels.push(label) - 1;
    this.#labelIds.set(label, id);
    this.#bytes += LABEL_BYTES + label.length;
    return id;
  }

  #reserve(length: number): void {
    if (this.#used + length <= this.#numbers.length) return;
    const longer = new Int32Array(Math.max(this.#used + length, this.#numbers.length * 2));
    longer.set(this.#numbers);
    this.#numbers = longer;
  }
}

/** The edges of one node along one relation, by their place among them. */
export class Neighbours {
  readonly size: number;
  readonly #numbers: Int32Array;
  readonly #labels: readonly string[];
  readonly #first: number;

  /** @param start where its edges are counted. */
  constructor(numbers: Int32Array, labels: readonly string[], start: number) {
    this.size = numbers[start] ?? 0;
    this.#numbers = numbers;
    this.#labels = labels;
    this.#first = start + 1;
  }

  to(at: number): number {
    return this.#numbers[this.#first + at * EDGE_LENGTH] ?? 0;
  }

  /** Hundredths of a click. */
  cost(at: number): number {
    return this.#numbers[this.#first + at * EDGE_LENGTH + 1] ?? 0;
  }

  label(at: number): string {
    return this.#labels[this.#numbers[this.#first + at * EDGE_LENGTH + 2] ?? 0] ?? '';
  }
}
