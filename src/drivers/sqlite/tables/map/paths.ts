import type { PathSearch } from '../../../../core/map/link-graph.ts';
import { isRepeated } from '../../../../core/map/link-place.ts';
import { type FoundPath, searchPaths } from '../../../../core/map/path-search.ts';
import { calledBy, labelMismatchCost } from '../../../../core/map/step-cost.ts';
import type { PageHead } from '../../../../model/head.ts';
import type { Click, LinkPath, PathsQuery } from '../../../../model/route.ts';
import { OWN_PAGE } from '../../schema.ts';
import type { SqliteFile } from '../../sqlite-file.ts';
import { int, type Row, text } from '../rows.ts';
import { namesOf, SqliteLinkGraph, TARGETS } from './link-graph.ts';
import { SECTION_HEAD, sectionHead } from './map-rows.ts';

/** Edges that are looked at before a search gives up: some tenths of a second. */
const MAX_EDGES = 300_000;
/** What it is worth that a link leads right to the wanted place, in hundredths of a click. */
const RIGHT_THERE = 10;
/** Pages with the same block that are counted. */
const MAX_SHOWING = 1000;

/** The ways between pages, as the links of the map make them. */
export class Ways {
  readonly #file: SqliteFile;

  constructor(file: SqliteFile) {
    this.#file = file;
  }

  find({ from, to, maxClicks }: PathsQuery): readonly LinkPath[] {
    const start = this.#place(from);
    const targets = to.map(({ url }) => this.#place(url));
    if (start === null) return to.map(() => ({ kind: 'none', complete: true }));
    const known = targets.filter((target) => target !== null);
    const found = this.#search(start, known, true);
    const byTarget = new Map(known.map((target, index) => [target, found[index]]));
    return targets.map((target, index) => {
      const way = target === null ? undefined : this.#short(start, target, byTarget.get(target), maxClicks);
      if (way === undefined) return { kind: 'none', complete: true };
      return way.kind === 'path'
        ? { kind: 'path', clicks: this.#clicks(way.pages, to[index]?.fragment ?? null) }
        : way;
    });
  }

  /** The way that was found, or if it is too long the one with the fewest clicks. */
  #short(
    start: number,
    target: number,
    found: FoundPath<number> | undefined,
    maxClicks: number,
  ): FoundPath<number> | Extract<LinkPath, { kind: 'too-far' }> | undefined {
    if (found?.kind !== 'path' || found.pages.length <= maxClicks + 1) return found;
    const [shortest] = this.#search(start, [target], false);
    if (shortest?.kind !== 'path') return shortest;
    const clicks = shortest.pages.length - 1;
    return clicks <= maxClicks ? shortest : { kind: 'too-far', clicks };
  }

  #search(start: number, targets: readonly number[], priced: boolean): FoundPath<number>[] {
    const graph = new SqliteLinkGraph(this.#file, targets, priced);
    return driven(searchPaths(start, targets, MAX_EDGES), graph);
  }

  #place(url: string): number | null {
    const row = this.#file
      .sql(`SELECT g.place FROM place asked JOIN page g ON g.place = coalesce(asked.alias_of, asked.k)
        WHERE asked.url = ? AND g.gone_since IS NULL`)
      .get(url) as Row | undefined;
    return row === undefined ? null : int(row, 'place');
  }

  /** @param fragment the place on the last page that is wanted. */
  #clicks(pages: readonly number[], fragment: string | null): Click[] {
    const last = pages.length - 1;
    return pages
      .slice(1)
      .map((to, index) => this.#click(pages[index] ?? OWN_PAGE, to, index + 1 === last ? fragment : null));
  }

  /** The clearest link on one page to the other. */
  #click(from: number, to: number, fragment: string | null): Click {
    const called = calledBy(namesOf(this.#file, to));
    const rows = this.#file
      .sql(`${TARGETS} SELECT ${SECTION_HEAD}, s.block, l.text, l.role, l.fragment, s.toll + l.cost AS cost
        FROM section s CROSS JOIN target t CROSS JOIN block_link l ON l.target = t.k AND l.block = s.block
        WHERE s.place = ?2 AND l.target > ${OWN_PAGE} ORDER BY s.ord, l.ord`)
      .all(to, from) as Row[];
    const costOf = (row: Row) => {
      const leadsThere = fragment !== null && text(row, 'fragment') === fragment;
      return int(row, 'cost') + (leadsThere ? -RIGHT_THERE : labelMismatchCost(text(row, 'text'), called));
    };
    const priced = rows.map((row) => ({ row, cost: costOf(row) }));
    const [best] = priced.sort((a, b) => a.cost - b.cost);
    const row = best?.row;
    if (row === undefined) throw new Error(`page ${from} does not link page ${to}`);
    return {
      page: this.#head(from),
      section: sectionHead(row),
      text: text(row, 'text'),
      role: text(row, 'role'),
      fragment: text(row, 'fragment'),
      target: this.#head(to),
      repeats: this.#repeats(int(row, 'block'), from),
    };
  }

  #head(place: number): PageHead {
    const row = this.#file
      .sql('SELECT u.url, p.title FROM place u JOIN page p ON p.place = u.k WHERE u.k = ?')
      .get(place) as Row;
    return { url: text(row, 'url'), title: text(row, 'title') };
  }

  #repeats(block: number, page: number): boolean {
    const shown = this.#file
      .sql('SELECT count(*) AS pages FROM (SELECT 1 FROM section WHERE block = ? LIMIT ?)')
      .get(block, MAX_SHOWING) as Row;
    const site = this.#file
      .sql(`SELECT coalesce(sum(h.pages), 0) AS pages FROM site_page sp JOIN site_host h ON h.site = sp.site
        WHERE sp.place = ?`)
      .get(page) as Row;
    return isRepeated(int(shown, 'pages'), Math.min(int(site, 'pages'), MAX_SHOWING));
  }
}

/** Runs a search to its end. */
function driven<T>(search: PathSearch<number, T>, graph: SqliteLinkGraph): T {
  let step = search.next();
  while (!step.done) step = search.next(graph.answer(step.value));
  return step.value;
}
