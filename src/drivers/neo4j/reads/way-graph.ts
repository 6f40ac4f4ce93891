import { CLICK, misnomerCost } from '../../../core/map/step-cost.ts';
import type { Ask, Edge, Edges } from '../../../core/map/way-graph.ts';
import type { Run } from '../neo4j.ts';
import { type EdgeCache, Neighbourhood, type Neighbours, type Relation } from './edge-cache.ts';

/** Links to a page, and pages that show a block, up to which it is followed backwards. */
const MOST_LINKING = 500;
const MOST_SHOWING = 64;

const SHOWS = `
  UNWIND $of AS n MATCH (:PLACE {n: n})-[:HAS_SECTION]->(s)-[:SHOWS]->(b)
  RETURN n AS of, collect(b.n) AS to, collect(s.toll) AS costs, [] AS labels`;

const LINKS = `
  UNWIND $of AS n MATCH (:BLOCK {n: n})-[l:LINKS]->(u)
  OPTIONAL MATCH (u)-[:ALIAS_OF]->(led)
  WITH n, l, coalesce(led, u) AS p WHERE p:PAGE AND p.goneSince IS NULL
  RETURN n AS of, collect(p.n) AS to, collect(l.cost) AS costs, collect(coalesce(l.text, '')) AS labels`;

const LINKED_BY = `
  UNWIND $of AS n
  CALL {
    WITH n MATCH (p:PLACE {n: n})
    CALL { WITH p RETURN p AS u UNION ALL WITH p MATCH (p)<-[:ALIAS_OF]-(u) RETURN u }
    MATCH (u)<-[l:LINKS]-(b) RETURN b, l LIMIT ${MOST_LINKING + 1}
  }
  RETURN n AS of, collect(b.n) AS to, collect(l.cost) AS costs, collect(coalesce(l.text, '')) AS labels`;

const SHOWN_ON = `
  UNWIND $of AS n
  CALL {
    WITH n MATCH (:BLOCK {n: n})<-[:SHOWS]-(s)<-[:HAS_SECTION]-(p) RETURN p, s LIMIT ${MOST_SHOWING + 1}
  }
  RETURN n AS of, collect(p.n) AS to, collect(s.toll) AS costs, [] AS labels`;

/** One row for all nodes: thousands of records take longer to read than what is in them. */
const QUERIES: Readonly<Record<Relation, { readonly cypher: string; readonly most: number }>> = {
  shows: { cypher: inOneRow(SHOWS), most: Number.POSITIVE_INFINITY },
  links: { cypher: inOneRow(LINKS), most: Number.POSITIVE_INFINITY },
  linkedBy: { cypher: inOneRow(LINKED_BY), most: MOST_LINKING },
  shownOn: { cypher: inOneRow(SHOWN_ON), most: MOST_SHOWING },
};

type Packed = [of: number, to: number[], costs: number[], labels: string[]];

/** Answers what a search for ways asks of the map: whole layers in one query, and what is remembered without one. */
export class Neo4jWayGraph {
  readonly #run: Run;
  readonly #cache: EdgeCache;
  /** What was not in the cache. */
  readonly read = new Neighbourhood();

  constructor(run: Run, cache: EdgeCache) {
    this.#run = run;
    this.#cache = cache;
  }

  /**
   * @param called what the pages are called that are searched for.
   * @param priced what makes a step less clear counts; else all clicks are alike.
   */
  async answer(
    { relation, of }: Ask<number>,
    called: ReadonlyMap<number, ReadonlySet<string>>,
    priced: boolean,
  ): Promise<Edges<number>> {
    const { most } = QUERIES[relation];
    const edges: Edge<number>[] = [];
    const cut: number[] = [];
    for (const node of await this.#nodes(relation, of)) {
      if (node.to.length > most) cut.push(node.of);
      else addEdges(edges, relation, node, called, priced);
    }
    return { edges, cut };
  }

  /** Reads what every search for these pages begins with, for all of them at once. */
  async readAround(targets: readonly number[]): Promise<void> {
    const linking = await this.#nodes('linkedBy', targets);
    const followed = linking.filter(({ to }) => to.length <= MOST_LINKING);
    await this.#nodes('shownOn', [...new Set(followed.flatMap(({ to }) => to))]);
  }

  async #nodes(relation: Relation, of: readonly number[]): Promise<readonly Neighbours[]> {
    const found: Neighbours[] = [];
    const missing: number[] = [];
    for (const n of of) {
      const known = this.read.get(relation, n) ?? this.#cache.get(relation, n);
      if (known === undefined) missing.push(n);
      else found.push(known);
    }
    for (const node of await this.#readNodes(relation, missing)) {
      this.read.set(relation, node);
      found.push(node);
    }
    return found;
  }

  async #readNodes(relation: Relation, of: readonly number[]): Promise<readonly Neighbours[]> {
    if (of.length === 0) return [];
    const [row] = await this.#run<{ nodes: Packed[] }>(QUERIES[relation].cypher, { of });
    const nodes = new Map(of.map((n) => [n, { of: n, to: [], costs: [], labels: [] } as Neighbours]));
    for (const [n, to, costs, labels] of row?.nodes ?? []) nodes.set(n, { of: n, to, costs, labels });
    return [...nodes.values()];
  }
}

function inOneRow(cypher: string): string {
  return `CALL { ${cypher} } RETURN collect([of, to, costs, labels]) AS nodes`;
}

function addEdges(
  edges: Edge<number>[],
  relation: Relation,
  { of, to, costs, labels }: Neighbours,
  called: ReadonlyMap<number, ReadonlySet<string>>,
  priced: boolean,
): void {
  const isLink = relation === 'links' || relation === 'linkedBy';
  for (const [index, node] of to.entries()) {
    const names = isLink ? called.get(relation === 'links' ? node : of) : undefined;
    const misnomer = names === undefined ? 0 : misnomerCost(labels[index] ?? '', names);
    const cost = priced ? (costs[index] ?? 0) + misnomer : isLink ? CLICK : 0;
    edges.push({ of, to: node, cost });
  }
}
