import { isRepeated } from '../../../core/map/link-place.ts';
import { calledBy, misnomerCost } from '../../../core/map/step-cost.ts';
import { titleParts } from '../../../core/map/title-parts.ts';
import type { WaySearch } from '../../../core/map/way-graph.ts';
import { type FoundWay, searchWays } from '../../../core/map/way-search.ts';
import type { Click, PageHead, SectionHead, Way, WaysQuery } from '../../../ports/graph-store.ts';
import type { Run } from '../neo4j.ts';
import { SECTION_HEAD } from './page-rows.ts';
import { Neo4jWayGraph } from './way-graph.ts';

/** Edges that are looked at before a search gives up. */
const MOST_EDGES = 300_000;
/** What it is worth that a link leads right to the wanted place, in hundredths of a click. */
const RIGHT_THERE = 10;
/** Pages with the same block that are counted. */
const MOST_SHOWING = 1000;

const PLACES = `
  UNWIND $urls AS url MATCH (asked:PLACE {url: url})
  OPTIONAL MATCH (asked)-[:ALIAS_OF]->(led)
  WITH url, coalesce(led, asked) AS p WHERE p:PAGE AND p.goneSince IS NULL
  RETURN url, p.n AS n, p {.url, .title} AS page, p.titles AS titles`;

const PAGES = `UNWIND $pages AS n MATCH (p:PLACE {n: n})
  CALL { WITH p MATCH (p)<-[:HAS_PAGE]-(r:ROOT) RETURN sum(COUNT { (r)-[:HAS_PAGE]->() }) AS sitePages }
  RETURN n, p {.url, .title} AS page, p.titles AS titles, sitePages`;

const CLICKS = `
  UNWIND $steps AS step
  MATCH (from:PLACE {n: step.from})-[:HAS_SECTION]->(s)-[:SHOWS]->(b)-[l:LINKS]->(u)
    WHERE u.n = step.to OR EXISTS { (u)-[:ALIAS_OF]->(:PLACE {n: step.to}) }
  RETURN step.from AS from, step.to AS to, ${SECTION_HEAD} AS section, l.text AS text, coalesce(l.role, 'link') AS role,
    coalesce(l.fragment, '') AS fragment, s.toll + l.cost AS cost, COUNT { (b)<-[:SHOWS]-() } AS shown
  ORDER BY s.order, l.order`;

interface Place {
  readonly n: number;
  readonly page: PageHead;
  readonly titles: readonly string[];
}

interface Step {
  readonly from: number;
  readonly to: number;
}

interface LinkRow extends Step {
  readonly section: SectionHead;
  readonly text: string;
  readonly role: string;
  readonly fragment: string;
  readonly cost: number;
  readonly shown: number;
}

type Told = FoundWay<number> | Extract<Way, { kind: 'too-far' }>;

const NO_WAY: Way = { kind: 'none', complete: true };

/** The clearest way to each page, in the order of `to`. */
export async function findWays(run: Run, query: WaysQuery): Promise<readonly Way[]> {
  const { from, to, maxClicks } = query;
  const places = await findPlaces(run, [from, ...to.map(({ url }) => url)]);
  const start = places.get(from);
  const targets = to.map(({ url }) => places.get(url) ?? null);
  if (start === undefined) return to.map(() => NO_WAY);
  const search = new Search(run, start.n);
  const known = new Map(targets.flatMap((target) => (target === null ? [] : [[target.n, target]])));
  const found = await search.find([...known.values()], true);
  const told = new Map<number, Told>();
  for (const [index, target] of [...known.values()].entries())
    told.set(target.n, await search.shortened(target, found[index], maxClicks));
  const clicks = await Clicks.read(run, [...told.values()]);
  return targets.map((target, index) => {
    const way = target === null ? undefined : told.get(target.n);
    if (way === undefined) return NO_WAY;
    if (way.kind !== 'way') return way;
    return { kind: 'way', clicks: clicks.along(way.pages, to[index]?.fragment ?? null) };
  });
}

async function findPlaces(run: Run, urls: readonly string[]): Promise<ReadonlyMap<string, Place>> {
  const rows = await run<Place & { url: string }>(PLACES, { urls: [...new Set(urls)] });
  return new Map(rows.map((row) => [row.url, row]));
}

/** Searches that begin at one page. */
class Search {
  readonly #run: Run;
  readonly #start: number;

  constructor(run: Run, start: number) {
    this.#run = run;
    this.#start = start;
  }

  find(targets: readonly Place[], priced: boolean): Promise<FoundWay<number>[]> {
    const called = new Map(targets.map(({ n, titles }) => [n, calledBy(firstParts(titles))]));
    const graph = new Neo4jWayGraph(this.#run, called, priced);
    return driven(searchWays(this.#start, [...called.keys()], MOST_EDGES), graph);
  }

  /** The way that was found, or if it is too long the one with the fewest clicks. */
  async shortened(target: Place, found: FoundWay<number> | undefined, maxClicks: number): Promise<Told> {
    if (found === undefined) return { kind: 'none', complete: true };
    if (found.kind !== 'way' || found.pages.length <= maxClicks + 1) return found;
    const [shortest] = await this.find([target], false);
    if (shortest?.kind !== 'way') return shortest ?? found;
    const clicks = shortest.pages.length - 1;
    return clicks <= maxClicks ? shortest : { kind: 'too-far', clicks };
  }
}

/** The links that ways go by. */
class Clicks {
  readonly #links: ReadonlyMap<string, readonly LinkRow[]>;
  readonly #pages: ReadonlyMap<number, Place & { readonly sitePages: number }>;

  private constructor(
    links: ReadonlyMap<string, readonly LinkRow[]>,
    pages: ReadonlyMap<number, Place & { readonly sitePages: number }>,
  ) {
    this.#links = links;
    this.#pages = pages;
  }

  /** Reads what there is between the pages of ways. */
  static async read(run: Run, ways: readonly Told[]): Promise<Clicks> {
    const steps = new Map<string, Step>();
    for (const way of ways)
      if (way.kind === 'way')
        for (const [index, to] of way.pages.slice(1).entries()) {
          const from = way.pages[index] ?? to;
          steps.set(`${from} ${to}`, { from, to });
        }
    if (steps.size === 0) return new Clicks(new Map(), new Map());
    const links = await run<LinkRow>(CLICKS, { steps: [...steps.values()] });
    const numbers = new Set([...steps.values()].flatMap(({ from, to }) => [from, to]));
    const pages = await run<Place & { sitePages: number }>(PAGES, { pages: [...numbers] });
    return new Clicks(
      Map.groupBy(links, ({ from, to }) => `${from} ${to}`),
      new Map(pages.map((page) => [page.n, page])),
    );
  }

  /** @param fragment the place on the last page that is wanted. */
  along(pages: readonly number[], fragment: string | null): Click[] {
    const last = pages.length - 1;
    return pages
      .slice(1)
      .map((to, index) => this.#click(pages[index] ?? to, to, index + 1 === last ? fragment : null));
  }

  /** The clearest link on one page to the other. */
  #click(from: number, to: number, fragment: string | null): Click {
    const [page, target] = [this.#pages.get(from), this.#pages.get(to)];
    const called = calledBy(firstParts(target?.titles ?? []));
    const costOf = (row: LinkRow) => {
      const leadsThere = fragment !== null && row.fragment === fragment;
      return row.cost + (leadsThere ? -RIGHT_THERE : misnomerCost(row.text, called));
    };
    const priced = (this.#links.get(`${from} ${to}`) ?? []).map((row) => ({ row, cost: costOf(row) }));
    const row = priced.sort((a, b) => a.cost - b.cost)[0]?.row;
    if (page === undefined || target === undefined || row === undefined)
      throw new Error(`page ${from} does not link page ${to}`);
    return {
      page: page.page,
      section: row.section,
      text: row.text,
      role: row.role,
      fragment: row.fragment,
      target: target.page,
      repeats: isRepeated(Math.min(row.shown, MOST_SHOWING), Math.min(page.sitePages, MOST_SHOWING)),
    };
  }
}

/** What a page calls itself, without what its titles say of the site. */
function firstParts(titles: readonly string[]): string[] {
  return titles.map((title) => titleParts(title)[0]?.text ?? '');
}

/** Runs a search to its end. */
async function driven<T>(search: WaySearch<number, T>, graph: Neo4jWayGraph): Promise<T> {
  let step = search.next();
  while (!step.done) step = search.next(await graph.answer(step.value));
  return step.value;
}
