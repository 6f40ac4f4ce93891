import type { EdgeRelation, LabelledEdge, NodeEdges } from '../../ports/link-reader.ts';

/** Stands for everything that was committed to a database up to some time; empty if that is not known. */
type Mark = readonly string[];

/** Edges as they are read: numbers of nodes, costs, and for links their texts. */
export interface EdgeLists {
  readonly to: readonly number[];
  readonly costs: readonly number[];
  /** May be shorter: missing ones are empty. */
  readonly labels: readonly string[];
}

/** Numbers that an edge takes: a node, a cost, a label. */
const EDGE_LENGTH = 3;
const FIRST_LENGTH = 1024;
/** Estimated memory of a node beside its edges, and of a label beside its letters: entries of maps, headers. */
const NODE_BYTES = 48;
const LABEL_BYTES = 80;

/**
 * Nodes with their edges along each relation, packed: a number for each end, cost and label, and each label once. A
 * quarter of the memory of arrays.
 */
export class PackedEdges {
  readonly #starts: Readonly<Record<EdgeRelation, Map<number, number>>> = {
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

  /** Estimated memory. */
  get bytes(): number {
    return this.#bytes;
  }

  has(relation: EdgeRelation, node: number): boolean {
    return this.#starts[relation].has(node);
  }

  get(relation: EdgeRelation, node: number): NodeEdges | undefined {
    const start = this.#starts[relation].get(node);
    return start === undefined ? undefined : new PackedNode(node, this.#numbers, this.#labels, start);
  }

  add(relation: EdgeRelation, node: number, { to, costs, labels }: EdgeLists): void {
    this.#begin(relation, node, to.length);
    for (let at = 0; at < to.length; at += 1) this.#append(to[at] ?? 0, costs[at] ?? 0, labels[at] ?? '');
  }

  /** Adds the edges that another has of a node. */
  copy(relation: EdgeRelation, from: NodeEdges): void {
    this.#begin(relation, from.node, from.size);
    for (const [to, cost, label = ''] of from.edges) this.#append(to, cost, label);
  }

  *nodes(): Generator<readonly [EdgeRelation, NodeEdges]> {
    for (const [relation, starts] of Object.entries(this.#starts))
      for (const [node, start] of starts)
        yield [relation as EdgeRelation, new PackedNode(node, this.#numbers, this.#labels, start)];
  }

  #begin(relation: EdgeRelation, node: number, edges: number): void {
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
    const existing = this.#labelIds.get(label);
    if (existing !== undefined) return existing;
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

/** The edges of one node along one relation. */
class PackedNode implements NodeEdges {
  readonly node: number;
  readonly size: number;
  readonly #numbers: Int32Array;
  readonly #labels: readonly string[];
  readonly #first: number;

  /** @param start where the number of its edges is. */
  constructor(node: number, numbers: Int32Array, labels: readonly string[], start: number) {
    this.node = node;
    this.size = numbers[start] ?? 0;
    this.#numbers = numbers;
    this.#labels = labels;
    this.#first = start + 1;
  }

  get edges(): Iterable<LabelledEdge> {
    return this.#edges();
  }

  *#edges(): Generator<LabelledEdge> {
    const end = this.#first + this.size * EDGE_LENGTH;
    for (let at = this.#first; at < end; at += EDGE_LENGTH) {
      const [to = 0, cost = 0, label = 0] = [this.#numbers[at], this.#numbers[at + 1], this.#numbers[at + 2]];
      yield [to, cost, this.#labels[label] ?? ''];
    }
  }
}

/**
 * Edges that path searches have read, valid until somebody writes to the database: what was read between two equal
 * marks holds at that mark. Bounded: edges that are not used while the newer half fills up are evicted.
 */
export class EdgeCache {
  readonly #maxBytes: number;
  #mark: Mark = [];
  #newer = new PackedEdges();
  #older = new PackedEdges();

  /** @param maxBytes estimated memory for all of it. */
  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Evicts what does not hold at this mark. */
  turnTo(mark: Mark): void {
    if (isSame(mark, this.#mark)) return;
    this.#mark = mark;
    this.#newer = new PackedEdges();
    this.#older = new PackedEdges();
  }

  has(relation: EdgeRelation, node: number): boolean {
    return this.#newer.has(relation, node) || this.#older.has(relation, node);
  }

  get(relation: EdgeRelation, node: number): NodeEdges | undefined {
    const newer = this.#newer.get(relation, node);
    if (newer !== undefined) return newer;
    const older = this.#older.get(relation, node);
    if (older !== undefined) this.#add(relation, older);
    return older;
  }

  /** Adds what was read between two marks, unless they differ or are unknown. */
  keep(read: PackedEdges, before: Mark, after: Mark): void {
    if (after.length === 0 || !isSame(before, after) || !isSame(after, this.#mark)) return;
    for (const [relation, edges] of read.nodes())
      if (!this.has(relation, edges.node)) this.#add(relation, edges);
  }

  #add(relation: EdgeRelation, edges: NodeEdges): void {
    this.#newer.copy(relation, edges);
    if (this.#newer.bytes * 2 <= this.#maxBytes) return;
    this.#older = this.#newer;
    this.#newer = new PackedEdges();
  }
}

function isSame(a: Mark, b: Mark): boolean {
  return a.join() === b.join();
}
