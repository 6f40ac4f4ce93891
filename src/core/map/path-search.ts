import type { PathSearch } from './link-graph.ts';
import { PathFrontier } from './path-frontier.ts';
import { CLICK } from './step-cost.ts';

/** The pages of a path from its start to its end, or why there is none. */
export type FoundPath<K> =
  | { readonly kind: 'path'; readonly pages: readonly K[] }
  | { readonly kind: 'none'; readonly complete: boolean };

interface Meeting<K> {
  readonly cost: number;
  /** Where the halves meet: they share a page, or the last page of one leads to the first of the other. */
  readonly forwardEnd: K;
  readonly backwardStart: K;
}

/**
 * Finds the cheapest paths from one page to others, from both ends at once: links fan out in both directions, so two
 * half paths have far fewer nodes than a whole one. A block is followed once, from the first page that shows it,
 * which is at most a footer's cost from the cheapest. The forward half is shared by all targets.
 *
 * @param maxEdges edges to read before giving up.
 */
export function* searchPaths<K extends number | string>(
  from: K,
  to: readonly K[],
  maxEdges: number,
): PathSearch<K, FoundPath<K>[]> {
  const forward = new PathFrontier<K>(from, 'shows', 'links');
  const found: FoundPath<K>[] = [];
  let seen = 0;
  for (const target of to) {
    const search = new TargetSearch(forward, target);
    const step = search.run(() => seen > maxEdges);
    for (let request = step.next(); ; ) {
      if (request.done) {
        found.push(request.value);
        break;
      }
      const edges = yield request.value;
      seen += edges.edges.length;
      request = step.next(edges);
    }
  }
  return found;
}

/** The search for one target. */
class TargetSearch<K extends number | string> {
  readonly #forward: PathFrontier<K>;
  readonly #backward: PathFrontier<K>;
  #best: Meeting<K> | null = null;

  constructor(forward: PathFrontier<K>, target: K) {
    this.#forward = forward;
    this.#backward = new PathFrontier<K>(target, 'linkedBy', 'shownOn');
    const cost = forward.costOf(target);
    if (cost !== null) this.#best = { cost, forwardEnd: target, backwardStart: target };
  }

  *run(isSpent: () => boolean): PathSearch<K, FoundPath<K>> {
    while (this.#mayImprove()) {
      if (isSpent()) return this.#result(false);
      const half = this.#nextHalf();
      const { pages, blocks } = yield* half.advance();
      this.#meet(half, pages, blocks);
    }
    return this.#result(true);
  }

  /** The smaller side first, but the start before everything: its blocks lead to most targets. */
  #nextHalf(): PathFrontier<K> {
    if (this.#backward.width === 0 || !this.#forward.hasAdvanced) return this.#forward;
    return this.#forward.width <= this.#backward.width ? this.#forward : this.#backward;
  }

  /**
   * A path that has not been found leaves the forward half by a page that is not settled, and costs from there at
   * least a click and the cheapest page that the backward half has not settled.
   */
  #mayImprove(): boolean {
    const ahead = this.#forward.nextCost;
    const behind = Math.max(CLICK, Math.min(this.#backward.nextCost, this.#backward.cutCost));
    return ahead + behind < (this.#best?.cost ?? Number.POSITIVE_INFINITY);
  }

  /** Looks for nodes that one half has just reached and the other has reached before. */
  #meet(half: PathFrontier<K>, pages: readonly K[], blocks: readonly K[]): void {
    const [ahead, behind] = [this.#forward, this.#backward];
    const other = half === ahead ? behind : ahead;
    for (const page of pages) {
      if (other.costOf(page) !== null) this.#offer(ahead.costOf(page), behind.costOf(page), page, page);
    }
    for (const block of blocks) {
      const [first, second] = [ahead.block(block), behind.block(block)];
      if (first && second) this.#offer(first.cost, second.cost, first.page, second.page);
    }
  }

  #offer(ahead: number | null, behind: number | null, forwardEnd: K, backwardStart: K): void {
    if (ahead === null || behind === null) return;
    const meeting = { cost: ahead + behind, forwardEnd, backwardStart };
    if (this.#best === null || comesBefore(meeting, this.#best)) this.#best = meeting;
  }

  #result(complete: boolean): FoundPath<K> {
    if (this.#best === null) return { kind: 'none', complete };
    const { forwardEnd, backwardStart } = this.#best;
    const start = this.#forward.trail(forwardEnd).reverse();
    const end = this.#backward.trail(backwardStart);
    return { kind: 'path', pages: [...start, ...(forwardEnd === backwardStart ? end.slice(1) : end)] };
  }
}

/** The cheaper one; of equally cheap ones that of the lesser pages, so that the order of edges does not matter. */
function comesBefore<K extends number | string>(a: Meeting<K>, b: Meeting<K>): boolean {
  if (a.cost !== b.cost) return a.cost < b.cost;
  if (a.forwardEnd !== b.forwardEnd) return a.forwardEnd < b.forwardEnd;
  return a.backwardStart < b.backwardStart;
}
