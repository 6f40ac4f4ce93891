import type { EdgeRelation } from '../../ports/link-reader.ts';
import type { Edge, PathSearch } from './link-graph.ts';
import { CLICK } from './step-cost.ts';

/** How a block was reached: at what cost, and from which page. */
export interface BlockMark<K> {
  readonly cost: number;
  readonly page: K;
}

interface PageMark<K> {
  cost: number;
  /** The page before it, seen from the half's own end; null for that end. */
  before: K | null;
}

/** Nodes that an advance has reached, or reached more cheaply. */
export interface Reached<K> {
  readonly pages: readonly K[];
  readonly blocks: readonly K[];
}

/** One half of a search for a path: Dijkstra's algorithm in waves. Of equally cheap steps the one from the lesser page wins. */
export class PathFrontier<K extends number | string> {
  readonly #toBlocks: EdgeRelation;
  readonly #toPages: EdgeRelation;
  readonly #pages = new Map<K, PageMark<K>>();
  readonly #blocks = new Map<K, BlockMark<K>>();
  readonly #unsettled = new Set<K>();
  #wave: readonly K[] = [];
  #nextCost: number;
  #cutCost = Number.POSITIVE_INFINITY;
  #advanced = false;

  constructor(end: K, toBlocks: EdgeRelation, toPages: EdgeRelation) {
    this.#toBlocks = toBlocks;
    this.#toPages = toPages;
    this.#pages.set(end, { cost: 0, before: null });
    this.#unsettled.add(end);
    this.#nextCost = 0;
    this.#wave = [end];
  }

  get hasAdvanced(): boolean {
    return this.#advanced;
  }

  /** Pages that the next advance settles. */
  get width(): number {
    return this.#wave.length;
  }

  /** The cheapest page that is not settled; infinite if there is none. */
  get nextCost(): number {
    return this.#nextCost;
  }

  /** The cheapest node that was cut; infinite if there is none. */
  get cutCost(): number {
    return this.#cutCost;
  }

  costOf(page: K): number | null {
    return this.#pages.get(page)?.cost ?? null;
  }

  block(block: K): BlockMark<K> | undefined {
    return this.#blocks.get(block);
  }

  /** The pages from this one back to the half's own end. */
  trail(page: K): K[] {
    const trail: K[] = [];
    for (let at: K | null = page; at !== null; at = this.#pages.get(at)?.before ?? null) trail.push(at);
    return trail;
  }

  /**
   * Settles the pages that cost less than a click more than the cheapest: none of them can be reached more cheaply
   * through another, as that is a click away.
   */
  *advance(): PathSearch<K, Reached<K>> {
    this.#advanced = true;
    const wave = this.#wave;
    for (const page of wave) this.#unsettled.delete(page);
    const shown = yield { relation: this.#toBlocks, of: wave };
    this.#cut(shown.cut, (page) => this.costOf(page));
    const blocks = this.#reachBlocks(shown.edges);
    const linked = yield { relation: this.#toPages, of: blocks };
    this.#cut(linked.cut, (block) => this.#blocks.get(block)?.cost ?? null);
    const pages = this.#reachPages(linked.edges);
    this.#prepareWave();
    return { pages, blocks };
  }

  #reachBlocks(edges: readonly Edge<K>[]): K[] {
    const reached = new Map<K, BlockMark<K>>();
    for (const { of: page, to: block, cost } of edges) {
      if (this.#blocks.has(block)) continue;
      const total = (this.costOf(page) ?? 0) + cost;
      const mark = reached.get(block);
      if (mark === undefined || isBetter(total, page, mark.cost, mark.page))
        reached.set(block, { cost: total, page });
    }
    for (const [block, reachedBy] of reached) this.#blocks.set(block, reachedBy);
    return [...reached.keys()];
  }

  #reachPages(edges: readonly Edge<K>[]): K[] {
    const reached = new Set<K>();
    for (const { of: block, to: page, cost } of edges) {
      const from = this.#blocks.get(block);
      if (from === undefined) continue;
      const total = from.cost + cost;
      const mark = this.#pages.get(page);
      if (mark !== undefined && !isBetter(total, from.page, mark.cost, mark.before)) continue;
      if (mark !== undefined && !this.#unsettled.has(page)) continue;
      this.#pages.set(page, { cost: total, before: from.page });
      this.#unsettled.add(page);
      reached.add(page);
    }
    return [...reached];
  }

  #cut(nodes: readonly K[], costOf: (node: K) => number | null): void {
    for (const node of nodes) this.#cutCost = Math.min(this.#cutCost, costOf(node) ?? 0);
  }

  #prepareWave(): void {
    const cost = (page: K) => this.costOf(page) ?? 0;
    let least = Number.POSITIVE_INFINITY;
    for (const page of this.#unsettled) least = Math.min(least, cost(page));
    this.#nextCost = least;
    this.#wave = [...this.#unsettled].filter((page) => cost(page) < least + CLICK);
  }
}

/** Whether a step is cheaper than another, or as cheap and from a lesser page. */
function isBetter<K extends number | string>(
  cost: number,
  page: K,
  otherCost: number,
  otherPage: K | null,
): boolean {
  return cost < otherCost || (cost === otherCost && otherPage !== null && page < otherPage);
}
