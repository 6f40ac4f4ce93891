import type { Ask, Edge, Edges } from '../../../../core/map/link-graph.ts';
import { titleParts } from '../../../../core/map/names.ts';
import { CLICK, calledBy, labelMismatchCost } from '../../../../core/map/step-cost.ts';
import { NAME, OWN_PAGE } from '../../schema.ts';
import type { SqliteFile } from '../../sqlite-file.ts';
import { type Row, text } from '../rows.ts';

/** Links to a page, and pages that show a block, up to which it is followed backwards. */
const MAX_LINKING = 500;
const MAX_SHOWING = 64;

/** The URLs that lead to a page: its own, and those of redirects and duplicates. */
export const TARGETS = 'WITH target (k) AS (SELECT ?1 UNION ALL SELECT k FROM place WHERE alias_of = ?1)';

const QUERIES: Readonly<Record<Ask<number>['relation'], { readonly sql: string; readonly most: number }>> = {
  shows: {
    sql: 'SELECT block, toll FROM section WHERE place = ?',
    most: Number.POSITIVE_INFINITY,
  },
  links: {
    sql: `SELECT coalesce(p.alias_of, p.k), l.cost FROM block_link l CROSS JOIN place p ON p.k = l.target
      WHERE l.block = ?`,
    most: Number.POSITIVE_INFINITY,
  },
  linkedBy: {
    sql: `${TARGETS} SELECT l.block, l.cost FROM target t CROSS JOIN block_link l ON l.target = t.k
      WHERE l.target > ${OWN_PAGE} LIMIT ${MAX_LINKING + 1}`,
    most: MAX_LINKING,
  },
  shownOn: {
    sql: `SELECT place, toll FROM section WHERE block = ? LIMIT ${MAX_SHOWING + 1}`,
    most: MAX_SHOWING,
  },
};

/** A node, and what it costs to get there. */
type Pair = readonly [to: number, cost: number];

/** Answers what a search for ways asks of the map. */
export class SqliteLinkGraph {
  readonly #file: SqliteFile;
  readonly #priced: boolean;
  readonly #called: ReadonlyMap<number, ReadonlySet<string>>;
  readonly #lastClicks = new Map<string, number>();

  /** @param priced what makes a step less clear counts; else all clicks are alike. */
  constructor(file: SqliteFile, targets: readonly number[], priced: boolean) {
    this.#file = file;
    this.#priced = priced;
    this.#called = new Map(targets.map((target) => [target, calledBy(namesOf(file, target))]));
  }

  answer({ relation, of }: Ask<number>): Edges<number> {
    const { sql, most } = QUERIES[relation];
    const edges: Edge<number>[] = [];
    const cut: number[] = [];
    for (const node of of) {
      const pairs = this.#pairs(sql, node);
      if (pairs.length > most) cut.push(node);
      else
        for (const [to, cost] of pairs)
          edges.push({ of: node, to, cost: this.#price(relation, node, to, cost) });
    }
    return { edges, cut };
  }

  #pairs(sql: string, node: number): readonly Pair[] {
    const statement = this.#file.sql(sql);
    statement.setReturnArrays(true);
    return statement.all(node) as unknown as readonly Pair[];
  }

  #price(relation: Ask<number>['relation'], node: number, to: number, cost: number): number {
    const isLink = relation === 'links' || relation === 'linkedBy';
    if (!this.#priced) return isLink ? CLICK : 0;
    if (relation === 'links' && this.#called.has(to)) return this.#lastClick(node, to);
    return relation === 'linkedBy' && this.#called.has(node) ? this.#lastClick(to, node) : cost;
  }

  #lastClick(block: number, target: number): number {
    const key = `${block} ${target}`;
    const known = this.#lastClicks.get(key);
    if (known !== undefined) return known;
    const cost = this.#clearest(block, target);
    this.#lastClicks.set(key, cost);
    return cost;
  }

  /** Cost of the clearest link of a block to a page that is searched for. */
  #clearest(block: number, target: number): number {
    const called = this.#called.get(target) ?? new Set();
    const rows = this.#file
      .sql(`${TARGETS} SELECT DISTINCT l.text, l.cost FROM target t CROSS JOIN block_link l ON l.target = t.k AND l.block = ?2
        WHERE l.target > ${OWN_PAGE}`)
      .all(target, block) as { text: string; cost: number }[];
    return Math.min(...rows.map(({ text: label, cost }) => cost + labelMismatchCost(label, called)));
  }
}

/** What a page calls itself: its title and its main heading. */
export function namesOf(file: SqliteFile, place: number): readonly string[] {
  const rows = file.sql(`SELECT text FROM name WHERE place = ? AND kind = ${NAME.title}`).all(place) as Row[];
  return rows.map((row) => titleParts(text(row, 'text'))[0]?.text ?? '');
}
