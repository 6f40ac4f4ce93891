import { isRepeated } from '../../../core/map/link-place.ts';
import { titleParts } from '../../../core/map/names.ts';
import { type FoundPath, searchPaths } from '../../../core/map/path-search.ts';
import { calledBy, labelMismatchCost } from '../../../core/map/step-cost.ts';
import type { PageHead, SectionHead } from '../../../model/head.ts';
import type { Click, LinkPath, PathsQuery } from '../../../model/route.ts';
import type { Neo4j, Run } from '../neo4j.ts';
import type { EdgeCache } from './edge-cache.ts';
import { Neo4jWayGraph } from './link-graph.ts';
import { SECTION_HEAD } from './page-rows.ts';

/** Edges that are looked at before a search gives up. */
const MAX_EDGES = 300_000;
/** What it is worth that a link leads right to the wanted place, in hundredths of a click. */
const RIGHT_THERE = 10;
/** Pages with the same block that are counted. */
const MAX_SHOWING = 1000;

const PLACES = `
  UNWIND $urls AS url MATCH (asked:PLACE {url: url})
  OPTIONAL MATCH (asked)-[:ALIAS_OF]->(led)
  WITH url, coalesce(led, asked) AS p WHERE p:PAGE AND p.goneSince IS NULL
  RETURN url, p.n AS n, p {.url, .title} AS page, p.titles AS titles`;

/** Links between pages that follow one another on ways, and these pages. */
const CLICKS = `
  CALL {
    UNWIND $pages AS n MATCH (p:PLACE {n: n})
    CALL { WITH p MATCH (p)<-[:HAS_PAGE]-(r:ROOT) RETURN sum(COUNT { (r)-[:HAS_PAGE]->() }) AS sitePages }
    RETURN collect({n: n, page: p {.url, .title}, titles: p.titles, sitePages: sitePages}) AS pages
  }
  CALL {
    UNWIND $steps AS step
    MATCH (to:PLACE {n: step.to})
    WITH step, [to.n] + COLLECT { MATCH (u)-[:ALIAS_OF]->(to) RETURN u.n } AS targets
    MATCH (from:PLACE {n: step.from})-[:HAS_SECTION]->(s)-[:SHOWS]->(b)-[l:LINKS]->(u) WHERE u.n IN targets
    WITH step, s, b, l ORDER BY s.order, l.order
    RETURN collect({from: step.from, to: step.to, section: ${SECTION_HEAD}, text: l.text, role: coalesce(l.role, 'link'),
      fragment: coalesce(l.fragment, ''), cost: s.toll + l.cost, shown: COUNT { (b)<-[:SHOWS]-() }}) AS links
  }
  RETURN pages, links`;

interface Place {
  readonly n: number;
  readonly page: PageHead;
  readonly titles: readonly string[];
}

interface SitedPlace extends Place {
  /** Pages of the sites that it belongs to. */
  readonly sitePages: number;
}

interface Step {
  readonly from: number;
  readonly to: number;
}

interface StoredLink extends Step {
  readonly section: SectionHead;
  readonly text: string;
  readonly role: string;
  readonly fragment: string;
  readonly cost: number;
  readonly shown: number;
}

interface ClicksRow {
  readonly pages: readonly SitedPlace[];
  readonly links: readonly StoredLink[];
}

type Told = FoundPath<number> | Extract<LinkPath, { kind: 'too-far' }>;

const NO_WAY: LinkPath = { kind: 'none', complete: true };

/** Times that ways are looked for again because a link on them went away meanwhile. */
const MAX_TRIES = 3;

/** The clearest way to each page, in the order of `to`. */
export async function findPaths(
  neo4j: Neo4j,
  cache: EdgeCache,
  query: PathsQuery,
): Promise<readonly LinkPath[]> {
  for (let left = MAX_TRIES; ; left -= 1) {
    const ways = await tryPaths(neo4j, cache, query);
    if (ways !== null) return ways;
    if (left === 1) throw new Error('the map changes faster than ways over it are found');
  }
}

/** Null if a way that was found is none any more. */
async function tryPaths(
  neo4j: Neo4j,
  cache: EdgeCache,
  { from, to, maxClicks }: PathsQuery,
): Promise<readonly LinkPath[] | null> {
  const urls = [from, ...to.map(({ url }) => url)];
  const { value: places, mark } = await neo4j.readAt((run) => findPlaces(run, urls));
  const start = places.get(from);
  const targets = to.map(({ url }) => places.get(url) ?? null);
  if (start === undefined) return to.map(() => NO_WAY);
  cache.turnTo(mark);
  const known = new Map(targets.flatMap((target) => (target === null ? [] : [[target.n, target]])));
  const { value, mark: after } = await neo4j.readAt(async (run) => {
    const graph = new Neo4jWayGraph(run, cache);
    const told = await new Search(graph, start.n).pathsTo([...known.values()], maxClicks);
    return { graph, told, clicks: await Clicks.read(run, [...told.values()]) };
  }, mark);
  const { graph, told, clicks } = value;
  cache.keep(graph.read, mark, after);
  const ways = targets.map((target, index): LinkPath | null => {
    const way = target === null ? undefined : told.get(target.n);
    if (way === undefined) return NO_WAY;
    if (way.kind !== 'path') return way;
    const along = clicks.along(way.pages, to[index]?.fragment ?? null);
    return along === null ? null : { kind: 'path', clicks: along };
  });
  return ways.every((way) => way !== null) ? ways : null;
}

async function findPlaces(run: Run, urls: readonly string[]): Promise<ReadonlyMap<string, Place>> {
  const rows = await run<Place & { url: string }>(PLACES, { urls: [...new Set(urls)] });
  return new Map(rows.map((row) => [row.url, row]));
}

/** Searches that begin at one page. */
class Search {
  readonly #graph: Neo4jWayGraph;
  readonly #start: number;

  constructor(graph: Neo4jWayGraph, start: number) {
    this.#graph = graph;
    this.#start = start;
  }

  async pathsTo(targets: readonly Place[], maxClicks: number): Promise<ReadonlyMap<number, Told>> {
    await this.#graph.readAround(
      this.#start,
      targets.map(({ n }) => n),
    );
    const found = await this.#find(targets, true);
    const told = new Map<number, Told>();
    for (const [index, target] of targets.entries())
      told.set(target.n, await this.#shortened(target, found[index], maxClicks));
    return told;
  }

  async #find(targets: readonly Place[], priced: boolean): Promise<FoundPath<number>[]> {
    const called = new Map(targets.map(({ n, titles }) => [n, calledBy(firstParts(titles))]));
    const search = searchPaths(this.#start, [...called.keys()], MAX_EDGES);
    let step = search.next();
    while (!step.done) step = search.next(await this.#graph.answer(step.value, called, priced));
    return step.value;
  }

  /** The way that was found, or if it is too long the one with the fewest clicks. */
  async #shortened(target: Place, found: FoundPath<number> | undefined, maxClicks: number): Promise<Told> {
    if (found === undefined) return { kind: 'none', complete: true };
    if (found.kind !== 'path' || found.pages.length <= maxClicks + 1) return found;
    const [shortest] = await this.#find([target], false);
    if (shortest?.kind !== 'path') return shortest ?? found;
    const clicks = shortest.pages.length - 1;
    return clicks <= maxClicks ? shortest : { kind: 'too-far', clicks };
  }
}

/** The links that ways go by. */
class Clicks {
  readonly #links: ReadonlyMap<string, readonly StoredLink[]>;
  readonly #pages: ReadonlyMap<number, SitedPlace>;

  private constructor(
    links: ReadonlyMap<string, readonly StoredLink[]>,
    pages: ReadonlyMap<number, SitedPlace>,
  ) {
    this.#links = links;
    this.#pages = pages;
  }

  /** Reads what there is between the pages of ways. */
  static async read(run: Run, ways: readonly Told[]): Promise<Clicks> {
    const steps = new Map<string, Step>();
    for (const way of ways)
      if (way.kind === 'path')
        for (const [index, to] of way.pages.slice(1).entries()) {
          const from = way.pages[index] ?? to;
          steps.set(`${from} ${to}`, { from, to });
        }
    if (steps.size === 0) return new Clicks(new Map(), new Map());
    const numbers = new Set([...steps.values()].flatMap(({ from, to }) => [from, to]));
    const [row] = await run<ClicksRow>(CLICKS, { steps: [...steps.values()], pages: [...numbers] });
    return new Clicks(
      Map.groupBy(row?.links ?? [], ({ from, to }) => `${from} ${to}`),
      new Map((row?.pages ?? []).map((page) => [page.n, page])),
    );
  }

  /**
   * Null if a page does not link the next one any more.
   *
   * @param fragment the place on the last page that is wanted.
   */
  along(pages: readonly number[], fragment: string | null): readonly Click[] | null {
    const last = pages.length - 1;
    const clicks = pages
      .slice(1)
      .map((to, index) => this.#click(pages[index] ?? to, to, index + 1 === last ? fragment : null));
    return clicks.every((click) => click !== null) ? clicks : null;
  }

  /** The clearest link on one page to the other. */
  #click(from: number, to: number, fragment: string | null): Click | null {
    const [page, target] = [this.#pages.get(from), this.#pages.get(to)];
    const called = calledBy(firstParts(target?.titles ?? []));
    const costOf = (row: StoredLink) => {
      const leadsThere = fragment !== null && row.fragment === fragment;
      return row.cost + (leadsThere ? -RIGHT_THERE : labelMismatchCost(row.text, called));
    };
    const priced = (this.#links.get(`${from} ${to}`) ?? []).map((row) => ({ row, cost: costOf(row) }));
    const row = priced.sort((a, b) => a.cost - b.cost)[0]?.row;
    if (page === undefined || target === undefined || row === undefined) return null;
    return {
      page: page.page,
      section: row.section,
      text: row.text,
      role: row.role,
      fragment: row.fragment,
      target: target.page,
      repeats: isRepeated(Math.min(row.shown, MAX_SHOWING), Math.min(page.sitePages, MAX_SHOWING)),
    };
  }
}

/** What a page calls itself, without what its titles say of the site. */
function firstParts(titles: readonly string[]): string[] {
  return titles.map((title) => titleParts(title)[0]?.text ?? '');
}
