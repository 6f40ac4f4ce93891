import { CLICK, misnomerCost } from '../../../core/map/step-cost.ts';
import type { Ask, Edge, Edges } from '../../../core/map/way-graph.ts';
import type { Run } from '../neo4j.ts';
import { type EdgeCache, Neighbourhood, type Neighbours, type Relation } from './edge-cache.ts';

/** Links to a page, and pages that show a block, up to which it is followed backwards. */
const MOST_LINKING = 500;
const MOST_SHOWING = 64;

/** What is known of the node with the number `n`, in one row. */
const EDGES: Readonly<Record<Relation, string>> = {
  shows: `
    MATCH (:PLACE {n: n})-[:HAS_SECTION]->(s)-[:SHOWS]->(b)
    RETURN collect(b.n) AS to, collect(s.toll) AS costs, [] AS labels`,
  links: `
    MATCH (:BLOCK {n: n})-[l:LINKS]->(u)
    OPTIONAL MATCH (u)-[:ALIAS_OF]->(led)
    WITH l, coalesce(led, u) AS p WHERE p:PAGE AND p.goneSince IS NULL
    RETURN collect(p.n) AS to, collect(l.cost) AS costs, collect(coalesce(l.text, '')) AS labels`,
  linkedBy: `
    MATCH (p:PLACE {n: n})
    CALL { WITH p RETURN p AS u UNION ALL WITH p MATCH (p)<-[:ALIAS_OF]-(u) RETURN u }
    MATCH (u)<-[l:LINKS]-(b) WITH b, l LIMIT ${MOST_LINKING + 1}
    RETURN collect(b.n) AS to, collect(l.cost) AS costs, collect(coalesce(l.text, '')) AS labels`,
  shownOn: `
    MATCH (:BLOCK {n: n})<-[:SHOWS]-(s)<-[:HAS_SECTION]-(p) WITH p, s LIMIT ${MOST_SHOWING + 1}
    RETURN collect(p.n) AS to, collect(s.toll) AS costs, [] AS labels`,
};

/** A relation of pages to blocks, and the one that a search follows from these blocks. */
const FOLLOWED = { shows: 'links', linkedBy: 'shownOn' } as const;

const MOST: Readonly<Record<Relation, number>> = {
  shows: Number.POSITIVE_INFINITY,
  links: Number.POSITIVE_INFINITY,
  linkedBy: MOST_LINKING,
  shownOn: MOST_SHOWING,
};

type PageRelation = keyof typeof FOLLOWED;
type Packed = readonly [of: number, to: number[], costs: number[], labels: string[]];
/** By relation. */
type PackedRow = Readonly<Partial<Record<Relation, readonly Packed[]>>>;

const BLOCK_QUERIES = {
  links: `UNWIND $links AS n ${edgesOf('links')} RETURN ${packed('links')}`,
  shownOn: `UNWIND $shownOn AS n ${edgesOf('shownOn')} RETURN ${packed('shownOn')}`,
} as const;

/** Both ends of a search in one statement, each with what it follows next: a round trip costs more than what is in it. */
const PAGE_QUERY = `${pageEdges('shows')} ${pageEdges('linkedBy')} RETURN shows, links, linkedBy, shownOn`;

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
    const edges: Edge<number>[] = [];
    const cut: number[] = [];
    for (const node of await this.#nodes(relation, of)) {
      if (node.to.length > MOST[relation]) cut.push(node.of);
      else addEdges(edges, relation, node, called, priced);
    }
    return { edges, cut };
  }

  /** Reads what every search from this page to these pages begins with. */
  async readAround(start: number, targets: readonly number[]): Promise<void> {
    await this.#readPages({ shows: [start], linkedBy: targets });
  }

  async #nodes(relation: Relation, of: readonly number[]): Promise<readonly Neighbours[]> {
    if (relation === 'shows' || relation === 'linkedBy') await this.#readPages({ [relation]: of });
    else await this.#readBlocks(relation, of);
    return of.map((n) => this.#known(relation, n) ?? { of: n, to: [], costs: [], labels: [] });
  }

  async #readPages(asked: Readonly<Partial<Record<PageRelation, readonly number[]>>>): Promise<void> {
    const missing = (relation: PageRelation) => this.#missing(relation, asked[relation] ?? []);
    const wanted = { shows: missing('shows'), linkedBy: missing('linkedBy') };
    if (wanted.shows.length + wanted.linkedBy.length === 0) return;
    this.#keep(await this.#run<PackedRow>(PAGE_QUERY, wanted));
  }

  async #readBlocks(relation: 'links' | 'shownOn', of: readonly number[]): Promise<void> {
    const wanted = { [relation]: this.#missing(relation, of) };
    if (wanted[relation]?.length === 0) return;
    this.#keep(await this.#run<PackedRow>(BLOCK_QUERIES[relation], wanted));
  }

  #missing(relation: Relation, of: readonly number[]): readonly number[] {
    return of.filter((n) => this.#known(relation, n) === undefined);
  }

  #known(relation: Relation, n: number): Neighbours | undefined {
    return this.read.get(relation, n) ?? this.#cache.get(relation, n);
  }

  #keep(rows: readonly PackedRow[]): void {
    for (const row of rows)
      for (const [relation, nodes] of Object.entries(row))
        for (const [of, to, costs, labels] of nodes)
          this.read.set(relation as Relation, { of, to, costs, labels });
  }
}

function edgesOf(relation: Relation): string {
  return `CALL { WITH n ${EDGES[relation]} }`;
}

function packed(relation: Relation): string {
  return `collect([n, to, costs, labels]) AS ${relation}`;
}

/** Edges of the pages in a parameter, and of the blocks that they lead to. */
function pageEdges(relation: PageRelation): string {
  const next = FOLLOWED[relation];
  const most = Number.isFinite(MOST[relation]) ? `WHERE size(node[1]) <= ${MOST[relation]}` : '';
  return `
    CALL { UNWIND $${relation} AS n ${edgesOf(relation)} RETURN ${packed(relation)} }
    CALL {
      WITH ${relation}
      UNWIND ${relation} AS node WITH node ${most} UNWIND node[1] AS n
      WITH DISTINCT n ${edgesOf(next)} RETURN ${packed(next)}
    }`;
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
