import type { Ask, Edge, PathSearch } from './link-graph.ts';
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

/** What an advance has reached, or reached more cheaply. */
export interface Reached<K> {
  readonly pages: readonly K[];
  readonly blocks: readonly K[];
}

/** One half of a search for a way: Dijkstra's algorithm in waves. Of equally cheap steps that from the lesser page is taken. */
export class PathFrontier<K extends number | string> {
  readonly #toBlocks: Ask<K>['relation'];
  readonly #toPages: Ask<K>['relation'];
  readonly #pages = new Map<K, PageMark<K>>();
  readonly #blocks = new Map<K, BlockMark<K>>();
  readonly #open = new Set<K>();
  #wave: readonly K[] = [];
  #nextCost: number;
  #cutCost = Number.POSITIVE_INFINITY;
  #advanced = false;

  constructor(end: K, toBlocks: Ask<K>['relation'], toPages: Ask<K>['relation']) {
    this.#toBlocks = toBlocks;
    this.#toPages = toPages;
    this.#pages.set(end, { cost: 0, before: null });
    this.#open.add(end);
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
    for (const page of wave) this.#open.delete(page);
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
      const known = reached.get(block);
      if (known === undefined || isBetter(total, page, known.cost, known.page))
        reached.set(block, { cost: total, page });
    }
    for (const [block, mark] of reached) this.#blocks.set(block, mark);
    return [...reached.keys()];
  }

  #reachPages(edges: readonly Edge<K>[]): K[] {
    const reached = new Set<K>();
    for (const { of: block, to: page, cost } of edges) {
      const from = this.#blocks.get(block);
      if (from === undefined) continue;
      const total = from.cost + cost;
      const known = this.#pages.get(page);
      if (known !== undefined && !isBetter(total, from.page, known.cost, known.before)) continue;
      if (known !== undefined && !this.#open.has(page)) continue;
      this.#pages.set(page, { cost: total, before: from.page });
      this.#open.add(page);
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
    for (const page of this.#open) least = Math.min(least, cost(page));
    this.#nextCost = least;
    this.#wave = [...this.#open].filter((page) => cost(page) < least + CLICK);
  }
}

/** Whether a step is cheaper than the known one, or as cheap and from a lesser page. */
function isBetter<K extends number | string>(
  cost: number,
  page: K,
  knownCost: number,
  knownPage: K | null,
): boolean {
  return cost < knownCost || (cost === knownCost && knownPage !== null && page < knownPage);
}
