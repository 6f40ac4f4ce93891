/**
 * What is known of the graph around some nodes. Pages show blocks (sections with their content, which pages may
 * share), and blocks link pages.
 */
export interface Ask<K> {
  /** `shows`: blocks of pages. `links`: pages that blocks link. `linkedBy`, `shownOn`: the same backwards. */
  readonly relation: 'shows' | 'links' | 'linkedBy' | 'shownOn';
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

/** Asks about the neighbourhood of nodes, and goes on when it is answered. */
export type PathSearch<K, T> = Generator<Ask<K>, T, Edges<K>>;
