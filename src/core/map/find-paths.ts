import type { Click, LinkPath, PathsQuery } from '../../model/route.ts';
import type {
  LinkedPage,
  LinkReader,
  LinkView,
  PathStep,
  StepDetails,
  StepLink,
} from '../../ports/link-reader.ts';
import { EDGE_LIMITS, LinkGraph, stemsOf } from './link-graph.ts';
import { type FoundPath, searchPaths } from './path-search.ts';
import { isRepeated, labelMismatchCost } from './step-cost.ts';

/** Edges that a search reads before it gives up: some tenths of a second. */
const MAX_EDGES = 300_000;
/** Discount for a link that leads right to the wanted place, in hundredths of a click. */
const RIGHT_THERE = 10;
/** Sections with the same content, and pages of a site, that are counted. */
const MAX_SHOWN = 1000;
/** Searches before giving up, if links on the paths that were found are removed meanwhile. */
const MAX_TRIES = 3;

const NO_PATH: LinkPath = { kind: 'none', complete: true };

type SizedPath = FoundPath<number> | Extract<LinkPath, { kind: 'too-far' }>;

/**
 * Finds the clearest path to each page, in the order of `to`; if it has too many clicks, the shortest one.
 *
 * @throws if links on the paths are removed again and again while they are searched.
 */
export async function findPaths(reader: LinkReader, query: PathsQuery): Promise<readonly LinkPath[]> {
  for (let left = MAX_TRIES; left > 0; left -= 1) {
    const paths = await reader.readLinks((links) => tryPaths(links, query));
    if (paths !== null) return paths;
  }
  throw new Error('the links of the map change faster than paths over them are found');
}

/** Null if a link on a path was removed meanwhile. */
async function tryPaths(
  links: LinkView,
  { from, to, maxClicks }: PathsQuery,
): Promise<readonly LinkPath[] | null> {
  const [start = null, ...targets] = await links.pagesAt([from, ...to.map(({ url }) => url)]);
  if (start === null) return to.map(() => NO_PATH);
  const distinct = new Map(targets.flatMap((target) => (target === null ? [] : [[target.page, target]])));
  const found = await searchAll(links, start.page, [...distinct.values()], maxClicks);
  const clicks = await PathClicks.read(links, [...found.values()]);
  const paths = targets.map((target, index): LinkPath | null => {
    const path = target === null ? undefined : found.get(target.page);
    if (path?.kind !== 'path') return path ?? NO_PATH;
    const along = clicks.along(path.pages, to[index]?.fragment ?? null);
    return along === null ? null : { kind: 'path', clicks: along };
  });
  return paths.every((path) => path !== null) ? paths : null;
}

/** The paths from a page by the page that they lead to. */
async function searchAll(
  links: LinkView,
  start: number,
  targets: readonly LinkedPage[],
  maxClicks: number,
): Promise<ReadonlyMap<number, SizedPath>> {
  const search = (some: readonly LinkedPage[], weighted: boolean) =>
    new LinkGraph(links, some, weighted).run(searchPaths(start, numbersOf(some), MAX_EDGES));
  await links.prefetch(start, numbersOf(targets), EDGE_LIMITS);
  const clearest = await search(targets, true);
  const found = new Map<number, SizedPath>();
  for (const [index, target] of targets.entries()) {
    const path = clearest[index] ?? { kind: 'none', complete: true };
    const isShort = path.kind === 'none' || path.pages.length <= maxClicks + 1;
    const [sized = path] = isShort ? [path] : await search([target], false);
    found.set(target.page, withinClicks(sized, maxClicks));
  }
  return found;
}

function withinClicks(path: FoundPath<number>, maxClicks: number): SizedPath {
  if (path.kind === 'none' || path.pages.length <= maxClicks + 1) return path;
  return { kind: 'too-far', clicks: path.pages.length - 1 };
}

function numbersOf(pages: readonly LinkedPage[]): number[] {
  return pages.map(({ page }) => page);
}

/** The links that are activated on paths. */
class PathClicks {
  readonly #links: ReadonlyMap<string, readonly StepLink[]>;
  readonly #pages: ReadonlyMap<number, StepDetails['pages'][number]>;

  private constructor({ links, pages }: StepDetails) {
    this.#links = Map.groupBy(links, keyOf);
    this.#pages = new Map(pages.map((page) => [page.page, page]));
  }

  static async read(links: LinkView, paths: readonly SizedPath[]): Promise<PathClicks> {
    const steps = paths.flatMap((path) => (path.kind === 'path' ? stepsOf(path.pages) : []));
    if (steps.length === 0) return new PathClicks({ links: [], pages: [] });
    const distinct = new Map(steps.map((step) => [keyOf(step), step]));
    return new PathClicks(await links.stepDetails([...distinct.values()], MAX_SHOWN));
  }

  /**
   * Null if a page does not link the next one any more.
   *
   * @param fragment the place on the last page that is wanted.
   */
  along(pages: readonly number[], fragment: string | null): readonly Click[] | null {
    const steps = stepsOf(pages);
    const clicks = steps.map((step, index) =>
      this.#click(step, index + 1 === steps.length ? fragment : null),
    );
    return clicks.every((click) => click !== null) ? clicks : null;
  }

  /** The clearest link from one page to the other. */
  #click(step: PathStep, fragment: string | null): Click | null {
    const [page, target] = [this.#pages.get(step.from), this.#pages.get(step.to)];
    if (page === undefined || target === undefined) return null;
    const stems = stemsOf(target);
    const costOf = (link: StepLink) => {
      const isRightThere = fragment !== null && link.fragment === fragment;
      return link.cost + (isRightThere ? -RIGHT_THERE : labelMismatchCost(link.text, stems));
    };
    const weighted = (this.#links.get(keyOf(step)) ?? []).map((link) => ({ link, cost: costOf(link) }));
    const link = weighted.sort((a, b) => a.cost - b.cost)[0]?.link;
    if (link === undefined) return null;
    return {
      page: page.head,
      section: link.section,
      text: link.text,
      role: link.role,
      fragment: link.fragment,
      target: target.head,
      repeats: isRepeated(Math.min(link.shownOn, MAX_SHOWN), Math.min(page.sitePages, MAX_SHOWN)),
    };
  }
}

function stepsOf(pages: readonly number[]): PathStep[] {
  return pages.slice(1).map((to, index) => ({ from: pages[index] ?? to, to }));
}

function keyOf({ from, to }: PathStep): string {
  return `${from} ${to}`;
}
