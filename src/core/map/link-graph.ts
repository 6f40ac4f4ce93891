import type {
  EdgeLimits,
  EdgeRelation,
  LabelledEdge,
  LinkedPage,
  LinkView,
  NodeEdges,
} from '../../ports/link-reader.ts';
import { titleParts } from './names.ts';
import { CLICK, labelMismatchCost, nameStems } from './step-cost.ts';

/** Links to a page, and sections that show a block, up to which a search follows them backwards. */
export const EDGE_LIMITS: EdgeLimits = { linkedBy: 500, shownOn: 64 };

/** What a search needs next: the edges of some nodes. */
export interface EdgeRequest<K> {
  readonly relation: EdgeRelation;
  readonly of: readonly K[];
}

export interface Edge<K> {
  readonly of: K;
  readonly to: K;
  /** Hundredths of a click. Along `links` and `linkedBy` at least 100. */
  readonly cost: number;
}

export interface Edges<K> {
  readonly edges: readonly Edge<K>[];
  /** Nodes that have too many edges to be followed backwards; they have none in `edges`. */
  readonly cut: readonly K[];
}

/** Yields requests for edges; each is resumed with them. */
export type PathSearch<K, T> = Generator<EdgeRequest<K>, T, Edges<K>>;

/** The links of the map with what each costs in searches for some pages. */
export class LinkGraph {
  readonly #links: LinkView;
  readonly #stems: ReadonlyMap<number, ReadonlySet<string>>;
  readonly #targets: ReadonlySet<number>;
  readonly #weighted: boolean;

  /** @param weighted steps that are less clear cost more; else all clicks cost the same. */
  constructor(links: LinkView, targets: readonly LinkedPage[], weighted: boolean) {
    this.#links = links;
    this.#weighted = weighted;
    this.#stems = new Map(targets.map((target) => [target.page, stemsOf(target)]));
    this.#targets = weighted ? new Set(this.#stems.keys()) : new Set();
  }

  /** Runs a search to its end. */
  async run<T>(search: PathSearch<number, T>): Promise<T> {
    let step = search.next();
    while (!step.done) step = search.next(await this.#edges(step.value));
    return step.value;
  }

  async #edges({ relation, of }: EdgeRequest<number>): Promise<Edges<number>> {
    const nodes = await this.#links.edges({ relation, of, limits: EDGE_LIMITS, labelled: this.#targets });
    const limit = relation === 'linkedBy' || relation === 'shownOn' ? EDGE_LIMITS[relation] : Infinity;
    const edges: Edge<number>[] = [];
    const cut: number[] = [];
    for (const node of nodes) {
      if (node.size > limit) cut.push(node.node);
      else this.#addEdges(edges, relation, node);
    }
    return { edges, cut };
  }

  #addEdges(edges: Edge<number>[], relation: EdgeRelation, { node, edges: own }: NodeEdges): void {
    const isLink = relation === 'links' || relation === 'linkedBy';
    const flat = isLink ? CLICK : 0;
    for (const edge of own) {
      const to = edge[0];
      if (!this.#weighted) edges.push({ of: node, to, cost: flat });
      else edges.push({ of: node, to, cost: edge[1] + (isLink ? this.#mismatch(relation, node, edge) : 0) });
    }
  }

  /** What the label of a link to a target adds to its cost. */
  #mismatch(relation: EdgeRelation, node: number, edge: LabelledEdge): number {
    const stems = this.#stems.get(relation === 'links' ? edge[0] : node);
    return stems === undefined ? 0 : labelMismatchCost(edge[2] ?? '', stems);
  }
}

/** Stems of a page's names, without the parts of its titles that name the site. */
export function stemsOf({ titles }: LinkedPage): ReadonlySet<string> {
  return nameStems(titles.map((title) => titleParts(title)[0]?.text ?? ''));
}
