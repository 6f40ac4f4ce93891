import { EdgeCache, PackedEdges } from '../../../core/map/edge-cache.ts';
import type { Located } from '../../../model/route.ts';
import type {
  EdgeLimits,
  EdgeQuery,
  EdgeRelation,
  LinkedPage,
  LinkReader,
  LinkView,
  NodeEdges,
  PathStep,
  StepDetails,
} from '../../../ports/link-reader.ts';
import type { Mark, Neo4j, Run } from '../neo4j.ts';
import { LED_TO, SECTION_HEAD } from './page-reader.ts';

/** Memory for cached edges: those of some 20,000 pages. */
const CACHE_BYTES = 48_000_000;

const LOCATE = `${LED_TO} WHERE p:PAGE
  OPTIONAL MATCH (p)<-[:HAS_PAGE|HAD_PAGE]-(r:ROOT)
  WITH url, p, r ORDER BY COUNT { (r)-[:HAS_PAGE]->() } DESC, r.n
  WITH url, p, collect(r.url) AS sites
  RETURN [url, {url: p.url, title: p.title, language: p.language, sites: sites}] AS row`;

const PRESENT = `${LED_TO} WHERE p:PAGE AND p.goneSince IS NULL RETURN [url, {page: p.n, titles: p.titles}] AS row`;

/** The edges of `node`, in one row: `next` are the nodes that they lead to. */
const EDGES: Readonly<Record<EdgeRelation, string>> = {
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
    MATCH (u)<-[l:LINKS]-(b) WITH b, l LIMIT $linkedBy + 1
    RETURN collect(b) AS next, collect(b.n) AS to, collect(l.cost) AS costs, collect(coalesce(l.text, '')) AS labels`,
  shownOn: `
    MATCH (node)<-[:SHOWS]-(s)<-[:HAS_SECTION]-(p) WITH p, s LIMIT $shownOn + 1
    RETURN collect(p.n) AS to, collect(s.toll) AS costs, [] AS labels`,
};

const edgesOf = (relation: EdgeRelation) => `CALL { WITH node ${EDGES[relation]} }`;
const PACKED = '[node.n, to, costs, labels]';

const blockEdges = (relation: EdgeRelation) => `
  UNWIND $blocks AS n MATCH (node:BLOCK {n: n}) ${edgesOf(relation)}
  RETURN collect(${PACKED}) AS ${relation}`;

/** Edges of the pages in a parameter, and those of the blocks that they lead to. */
const pageEdges = (relation: EdgeRelation, followed: EdgeRelation, isWhole: string) => `
  CALL {
    UNWIND $${relation}Of AS n MATCH (node:PLACE {n: n}) ${edgesOf(relation)}
    RETURN collect(${PACKED}) AS ${relation}, collect(CASE WHEN ${isWhole} THEN next ELSE [] END) AS ${relation}Reached
  }
  CALL {
    WITH ${relation}Reached
    UNWIND ${relation}Reached AS nodes UNWIND nodes AS node WITH DISTINCT node ${edgesOf(followed)}
    RETURN collect(${PACKED}) AS ${followed}
  }`;

/**
 * Both ends of a search in one statement, each with the relation that a search follows next: a round trip costs more than
 * its rows, and the blocks that were just reached need not be looked up by their numbers.
 */
const PAGE_EDGES = `${pageEdges('shows', 'links', 'true')} ${pageEdges('linkedBy', 'shownOn', 'size(to) <= $linkedBy')}
  RETURN shows, links, linkedBy, shownOn`;
const BLOCK_EDGES = { links: blockEdges('links'), shownOn: blockEdges('shownOn') } as const;

/** Links between the pages of steps, and these pages. */
const STEPS = `
  CALL {
    UNWIND $pages AS n MATCH (p:PLACE {n: n})
    CALL { WITH p MATCH (p)<-[:HAS_PAGE]-(r:ROOT) RETURN sum(COUNT { (r)-[:HAS_PAGE]->() }) AS sitePages }
    RETURN collect({page: n, head: p {.url, .title}, titles: p.titles, sitePages: sitePages}) AS pages
  }
  CALL {
    UNWIND $steps AS step
    MATCH (to:PLACE {n: step.to})
    WITH step, [to.n] + COLLECT { MATCH (u)-[:ALIAS_OF]->(to) RETURN u.n } AS targets
    MATCH (from:PLACE {n: step.from})-[:HAS_SECTION]->(s)-[:SHOWS]->(b)-[l:LINKS]->(u) WHERE u.n IN targets
    WITH step, s, b, l ORDER BY s.order, l.order
    RETURN collect({from: step.from, to: step.to, section: ${SECTION_HEAD}, text: l.text, role: coalesce(l.role, 'link'),
      fragment: coalesce(l.fragment, ''), cost: s.toll + l.cost, shownOn: COUNT { (b)<-[:SHOWS]-() }}) AS links
  }
  RETURN pages, links`;

type EdgeRow = readonly [of: number, to: number[], costs: number[], labels: string[]];
type EdgeRows = Readonly<Partial<Record<EdgeRelation, readonly EdgeRow[]>>>;

/** Pages and links in Neo4j. Edges that are read between two equal marks are cached. */
export function neo4jLinkReader(neo4j: Neo4j): LinkReader {
  const cache = new EdgeCache(CACHE_BYTES);
  return {
    locate: (urls) => neo4j.read((run) => byUrl<Located>(run, LOCATE, urls)),
    readLinks: (work) =>
      neo4j.read(async (run, mark) => {
        const view = new Neo4jLinkView(run, mark, cache);
        const result = await work(view);
        view.keep();
        return result;
      }),
  };
}

/** Reads edges by layers, and cached ones not at all. */
class Neo4jLinkView implements LinkView {
  readonly #run: Run;
  readonly #currentMark: () => Mark;
  readonly #cache: EdgeCache;
  /** Edges that were not in the cache. */
  readonly #read = new PackedEdges();
  #mark: Mark = [];

  constructor(run: Run, currentMark: () => Mark, cache: EdgeCache) {
    this.#run = run;
    this.#currentMark = currentMark;
    this.#cache = cache;
  }

  async pagesAt(urls: readonly string[]): Promise<readonly (LinkedPage | null)[]> {
    const pages = await byUrl<LinkedPage>(this.#run, PRESENT, urls);
    this.#mark = this.#currentMark();
    this.#cache.turnTo(this.#mark);
    return pages;
  }

  prefetch(from: number, to: readonly number[], limits: EdgeLimits): Promise<void> {
    return this.#readPages([from], to, limits);
  }

  async edges({ relation, of, limits }: EdgeQuery): Promise<readonly NodeEdges[]> {
    if (relation === 'shows') await this.#readPages(of, [], limits);
    else if (relation === 'linkedBy') await this.#readPages([], of, limits);
    else await this.#readBlocks(relation, of, limits);
    return of.flatMap((node) => this.#read.get(relation, node) ?? this.#cache.get(relation, node) ?? []);
  }

  async stepDetails(steps: readonly PathStep[]): Promise<StepDetails> {
    const pages = [...new Set(steps.flatMap(({ from, to }) => [from, to]))];
    const [row] = await this.#run<StepDetails>(STEPS, { steps, pages });
    return row ?? { pages: [], links: [] };
  }

  keep(): void {
    this.#cache.keep(this.#read, this.#mark, this.#currentMark());
  }

  async #readPages(starts: readonly number[], targets: readonly number[], limits: EdgeLimits): Promise<void> {
    const [showsOf, linkedByOf] = [this.#missing('shows', starts), this.#missing('linkedBy', targets)];
    if (showsOf.length + linkedByOf.length === 0) return;
    this.#add(await this.#run<EdgeRows>(PAGE_EDGES, { showsOf, linkedByOf, ...limits }));
  }

  async #readBlocks(relation: 'links' | 'shownOn', of: readonly number[], limits: EdgeLimits): Promise<void> {
    const blocks = this.#missing(relation, of);
    if (blocks.length > 0) this.#add(await this.#run<EdgeRows>(BLOCK_EDGES[relation], { blocks, ...limits }));
  }

  #missing(relation: EdgeRelation, of: readonly number[]): readonly number[] {
    return of.filter((node) => !this.#read.has(relation, node) && !this.#cache.has(relation, node));
  }

  #add(rows: readonly EdgeRows[]): void {
    for (const row of rows)
      for (const [relation, nodes = []] of Object.entries(row))
        for (const [of, to, costs, labels] of nodes)
          this.#read.add(relation as EdgeRelation, of, { to, costs, labels });
  }
}

/** What a statement returns for each URL, in their order; null where that is nothing. */
async function byUrl<T>(run: Run, cypher: string, urls: readonly string[]): Promise<readonly (T | null)[]> {
  const found = new Map(await run<readonly [string, T]>(cypher, { urls: [...new Set(urls)] }));
  return urls.map((url) => found.get(url) ?? null);
}
