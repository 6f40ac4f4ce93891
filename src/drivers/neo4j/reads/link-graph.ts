import type { Ask, Edge, Edges } from '../../../core/map/link-graph.ts';
import { CLICK, labelMismatchCost } from '../../../core/map/step-cost.ts';
import type { Run } from '../neo4j.ts';
import type { EdgeCache } from './edge-cache.ts';
import { Neighbourhood, type Neighbours, type Relation } from './neighbourhood.ts';

/** Links to a page, and pages that show a block, up to which it is followed backwards. */
const MAX_LINKING = 500;
const MAX_SHOWING = 64;

/** What is known of `node`, in one row: `next` are the nodes that the edges lead to. */
const EDGES: Readonly<Record<Relation, string>> = {
  shows: `
    MATCH (node)-[:HAS_SECTION]->(s)-[:SHOWS]->(b)
    RETURN collect(b) AS next, collect(b.n) AS to, collect(s.toll) AS costs, [] AS labels`,
  links: `
    MATCH (node)-[l:LINKS]->(u)
    OPTIONAL MATCH (u)-[:ALIAS_OF]->(led)
    WITH l, coalesce(led, u) AS p WHERE p:PAGE AND p.goneSince IS NULL
    RETURN collect(p.n) AS to, collect(l.cost) AS costs, collect(coalesce(l.text, '')) AS labels`,
  linkedBy: `
    CALL { WITH node RETURN node AS u UNION ALL WITH node MATCH (node)<-[:ALIAS_OF]-(u) RETURN u }
    MATCH (u)<-[l:LINKS]-(b) WITH b, l LIMIT ${MAX_LINKING + 1}
    RETURN collect(b) AS next, collect(b.n) AS to, collect(l.cost) AS costs, collect(coalesce(l.text, '')) AS labels`,
  shownOn: `
    MATCH (node)<-[:SHOWS]-(s)<-[:HAS_SECTION]-(p) WITH p, s LIMIT ${MAX_SHOWING + 1}
    RETURN collect(p.n) AS to, collect(s.toll) AS costs, [] AS labels`,
};

/** A relation of pages to blocks, and the one that a search follows from these blocks. */
const FOLLOWED = { shows: 'links', linkedBy: 'shownOn' } as const;

const MOST: Readonly<Record<Relation, number>> = {
  shows: Number.POSITIVE_INFINITY,
  links: Number.POSITIVE_INFINITY,
  linkedBy: MAX_LINKING,
  shownOn: MAX_SHOWING,
};

type PageRelation = keyof typeof FOLLOWED;
type Packed = readonly [of: number, to: number[], costs: number[], labels: string[]];
/** By relation. */
type PackedRow = Readonly<Partial<Record<Relation, readonly Packed[]>>>;

/** A node and its edges as they are told. */
const PACKED = '[node.n, to, costs, labels]';

const BLOCK_QUERIES = { links: blockEdges('links'), shownOn: blockEdges('shownOn') } as const;

/**
 * Both ends of a search in one statement, each with what it follows next: a round trip costs more than what is in it,
 * and the blocks that were just reached need not be looked up by their numbers.
 */
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
    if (relation === 'shows' || relation === 'linkedBy') await this.#readPages({ [relation]: of });
    else await this.#readBlocks(relation, of);
    const edges: Edge<number>[] = [];
    const cut: number[] = [];
    for (const n of of) {
      const node = this.read.get(relation, n) ?? this.#cache.get(relation, n);
      if (node === undefined) continue;
      if (node.size > MOST[relation]) cut.push(n);
      else addEdges(edges, relation, n, node, called, priced);
    }
    return { edges, cut };
  }

  /** Reads what every search from this page to these pages begins with. */
  async readAround(start: number, targets: readonly number[]): Promise<void> {
    await this.#readPages({ shows: [start], linkedBy: targets });
  }

  async #readPages(asked: Readonly<Partial<Record<PageRelation, readonly number[]>>>): Promise<void> {
    const missing = (relation: PageRelation) => this.#missing(relation, asked[relation] ?? []);
    const wanted = { shows: missing('shows'), linkedBy: missing('linkedBy') };
    if (wanted.shows.length + wanted.linkedBy.length === 0) return;
    this.#keep(await this.#run<PackedRow>(PAGE_QUERY, wanted));
  }

  async #readBlocks(relation: 'links' | 'shownOn', of: readonly number[]): Promise<void> {
    const missing = this.#missing(relation, of);
    if (missing.length > 0)
      this.#keep(await this.#run<PackedRow>(BLOCK_QUERIES[relation], { blocks: missing }));
  }

  #missing(relation: Relation, of: readonly number[]): readonly number[] {
    return of.filter((n) => !this.#isKnown(relation, n));
  }

  #isKnown(relation: Relation, n: number): boolean {
    return this.read.has(relation, n) || this.#cache.has(relation, n);
  }

  #keep(rows: readonly PackedRow[]): void {
    for (const row of rows)
      for (const [relation, nodes] of Object.entries(row))
        for (const [of, to, costs, labels] of nodes)
          this.read.add(relation as Relation, of, { to, costs, labels });
  }
}

function edgesOf(relation: Relation): string {
  return `CALL { WITH node ${EDGES[relation]} }`;
}

function blockEdges(relation: Relation): string {
  return `
    UNWIND $blocks AS n MATCH (node:BLOCK {n: n}) ${edgesOf(relation)}
    RETURN collect(${PACKED}) AS ${relation}`;
}

/** Edges of the pages in a parameter, and of the blocks that they lead to. */
function pageEdges(relation: PageRelation): string {
  const next = FOLLOWED[relation];
  const isWhole = Number.isFinite(MOST[relation]) ? `size(to) <= ${MOST[relation]}` : 'true';
  return `
    CALL {
      UNWIND $${relation} AS n MATCH (node:PLACE {n: n}) ${edgesOf(relation)}
      RETURN collect(${PACKED}) AS ${relation}, collect(CASE WHEN ${isWhole} THEN next ELSE [] END) AS ${relation}Reached
    }
    CALL {
      WITH ${relation}Reached
      UNWIND ${relation}Reached AS nodes UNWIND nodes AS node WITH DISTINCT node ${edgesOf(next)}
      RETURN collect(${PACKED}) AS ${next}
    }`;
}

function addEdges(
  edges: Edge<number>[],
  relation: Relation,
  of: number,
  node: Neighbours,
  called: ReadonlyMap<number, ReadonlySet<string>>,
  priced: boolean,
): void {
  const isLink = relation === 'links' || relation === 'linkedBy';
  for (let at = 0; at < node.size; at += 1) {
    const to = node.to(at);
    const names = isLink ? called.get(relation === 'links' ? to : of) : undefined;
    const misnomer = names === undefined ? 0 : labelMismatchCost(node.label(at), names);
    const cost = priced ? node.cost(at) + misnomer : isLink ? CLICK : 0;
    edges.push({ of, to, cost });
  }
}
