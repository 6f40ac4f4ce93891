import { CLICK, misnomerCost } from '../../../core/map/step-cost.ts';
import type { Ask, Edge, Edges } from '../../../core/map/way-graph.ts';
import type { Run } from '../neo4j.ts';

/** Links to a page, and pages that show a block, up to which it is followed backwards. */
const MOST_LINKING = 500;
const MOST_SHOWING = 64;

/** A node of the answer: numbers, costs and, for links to pages that are searched for, labels of its edges. */
interface Neighbours {
  readonly of: number;
  readonly to: readonly number[];
  readonly costs: readonly number[];
  readonly labels: readonly (string | null)[];
}

const SHOWS = `
  UNWIND $of AS n MATCH (:PLACE {n: n})-[:HAS_SECTION]->(s)-[:SHOWS]->(b)
  RETURN n AS of, collect(b.n) AS to, collect(s.toll) AS costs, [] AS labels`;

const LINKS = `
  UNWIND $of AS n MATCH (:BLOCK {n: n})-[l:LINKS]->(u)
  OPTIONAL MATCH (u)-[:ALIAS_OF]->(led)
  WITH n, l, coalesce(led, u) AS p WHERE p:PAGE AND p.goneSince IS NULL
  RETURN n AS of, collect(p.n) AS to, collect(l.cost) AS costs,
    collect(CASE WHEN p.n IN $targets THEN l.text ELSE '' END) AS labels`;

const LINKED_BY = `
  UNWIND $of AS n
  CALL {
    WITH n MATCH (p:PLACE {n: n})
    CALL { WITH p RETURN p AS u UNION ALL WITH p MATCH (p)<-[:ALIAS_OF]-(u) RETURN u }
    MATCH (u)<-[l:LINKS]-(b) RETURN b, l LIMIT ${MOST_LINKING + 1}
  }
  RETURN n AS of, collect(b.n) AS to, collect(l.cost) AS costs,
    collect(CASE WHEN n IN $targets THEN l.text ELSE '' END) AS labels`;

const SHOWN_ON = `
  UNWIND $of AS n
  CALL {
    WITH n MATCH (:BLOCK {n: n})<-[:SHOWS]-(s)<-[:HAS_SECTION]-(p) RETURN p, s LIMIT ${MOST_SHOWING + 1}
  }
  RETURN n AS of, collect(p.n) AS to, collect(s.toll) AS costs, [] AS labels`;

const QUERIES: Readonly<Record<Ask<number>['relation'], { readonly cypher: string; readonly most: number }>> =
  {
    shows: { cypher: SHOWS, most: Number.POSITIVE_INFINITY },
    links: { cypher: LINKS, most: Number.POSITIVE_INFINITY },
    linkedBy: { cypher: LINKED_BY, most: MOST_LINKING },
    shownOn: { cypher: SHOWN_ON, most: MOST_SHOWING },
  };

/** Answers what a search for ways asks of the map: whole layers in one query. */
export class Neo4jWayGraph {
  readonly #run: Run;
  readonly #called: ReadonlyMap<number, ReadonlySet<string>>;
  readonly #priced: boolean;

  /**
   * @param called what the pages are called that are searched for.
   * @param priced what makes a step less clear counts; else all clicks are alike.
   */
  constructor(run: Run, called: ReadonlyMap<number, ReadonlySet<string>>, priced: boolean) {
    this.#run = run;
    this.#called = called;
    this.#priced = priced;
  }

  async answer({ relation, of }: Ask<number>): Promise<Edges<number>> {
    const { cypher, most } = QUERIES[relation];
    const edges: Edge<number>[] = [];
    const cut: number[] = [];
    if (of.length === 0) return { edges, cut };
    const targets = [...this.#called.keys()];
    for (const node of await this.#run<Neighbours>(cypher, { of, targets })) {
      if (node.to.length > most) cut.push(node.of);
      else for (const edge of this.#edgesOf(relation, node)) edges.push(edge);
    }
    return { edges, cut };
  }

  *#edgesOf(
    relation: Ask<number>['relation'],
    { of, to, costs, labels }: Neighbours,
  ): Generator<Edge<number>> {
    const isLink = relation === 'links' || relation === 'linkedBy';
    for (const [index, node] of to.entries()) {
      const target = relation === 'links' ? node : of;
      const called = isLink ? this.#called.get(target) : undefined;
      const misnomer = called === undefined ? 0 : misnomerCost(labels[index] ?? '', called);
      const cost = this.#priced ? (costs[index] ?? 0) + misnomer : isLink ? CLICK : 0;
      yield { of, to: node, cost };
    }
  }
}
