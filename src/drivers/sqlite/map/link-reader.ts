import type { PageHead, SectionHead } from '../../../model/head.ts';
import type { Located } from '../../../model/route.ts';
import type {
  EdgeQuery,
  EdgeRelation,
  LabelledEdge,
  LinkReader,
  LinkView,
  PathStep,
  StepLink,
  StepPage,
} from '../../../ports/link-reader.ts';
import { OWN_PAGE } from '../schema.ts';
import type { SqliteFile } from '../sqlite-file.ts';
import { HEAD_COLUMNS, titlesOf } from './search-reader.ts';

/** The URLs that lead to a page: its own, and those of redirects and duplicates. */
const TARGETS = 'WITH target (k) AS (SELECT ?1 UNION ALL SELECT k FROM place WHERE alias_of = ?1)';

const LOCATE = `SELECT u.k AS page, u.url, p.title, p.language FROM place wanted
  JOIN place u ON u.k = coalesce(wanted.alias_of, wanted.k) JOIN page p ON p.place = u.k WHERE wanted.url = ?`;
const SITES = `SELECT s.url FROM site_page sp JOIN site s ON s.k = sp.site WHERE sp.place = ?
  ORDER BY (SELECT sum(h.pages) FROM site_host h WHERE h.site = s.k) DESC, s.k`;
const PRESENT = `SELECT g.place AS page FROM place wanted JOIN page g ON g.place = coalesce(wanted.alias_of, wanted.k)
  WHERE wanted.url = ? AND g.gone_since IS NULL`;

/** Rows of a node and a cost; with a label where it is needed. */
const EDGES: Readonly<Record<EdgeRelation, string>> = {
  shows: 'SELECT block, toll FROM section WHERE place = ?1',
  links: `SELECT coalesce(p.alias_of, p.k), l.cost FROM block_link l CROSS JOIN place p ON p.k = l.target
    WHERE l.block = ?1`,
  linkedBy: `${TARGETS} SELECT l.block, l.cost FROM target t CROSS JOIN block_link l ON l.target = t.k
    WHERE l.target > ${OWN_PAGE}`,
  shownOn: 'SELECT place, toll FROM section WHERE block = ?1',
};
/** Links of a page ?1 that has no more than the limit. */
const LABELLED_BY = EDGES.linkedBy.replace('l.cost', 'l.cost, l.text');
/** Links of block ?2 to page ?1. */
const LABELLED_LINKS = `${TARGETS} SELECT DISTINCT ?1, l.cost, l.text FROM target t
  CROSS JOIN block_link l ON l.target = t.k AND l.block = ?2 WHERE l.target > ${OWN_PAGE}`;

const STEP_PAGE = `SELECT u.url, p.title, (SELECT coalesce(sum(h.pages), 0) FROM site_page sp
    JOIN site_host h ON h.site = sp.site WHERE sp.place = ?1) AS sitePages
  FROM place u JOIN page p ON p.place = u.k WHERE u.k = ?1`;
const STEP_LINKS = `${TARGETS} SELECT ${HEAD_COLUMNS}, l.text, l.role, l.fragment, s.toll + l.cost AS cost,
    (SELECT count(*) FROM (SELECT 1 FROM section x WHERE x.block = s.block LIMIT ?3)) AS shownOn
  FROM section s CROSS JOIN target t CROSS JOIN block_link l ON l.target = t.k AND l.block = s.block
  WHERE s.place = ?2 AND l.target > ${OWN_PAGE} ORDER BY s.ord, l.ord`;

type StepLinkRow = SectionHead & Omit<StepLink, 'from' | 'to' | 'section'>;

/** Pages and links in the SQLite file. */
export function sqliteLinkReader(file: SqliteFile): LinkReader {
  const view = linkView(file);
  return {
    locate: async (urls) => urls.map((url) => located(file, url)),
    readLinks: (work) => work(view),
  };
}

/** Reads wait for nothing but microtasks: nothing is written between them. */
function linkView(file: SqliteFile): LinkView {
  return {
    async pagesAt(urls) {
      return urls.map((url) => {
        const row = file.row<{ page: number }>(PRESENT, url);
        return row === undefined ? null : { page: row.page, titles: titlesOf(file, row.page) };
      });
    },
    async prefetch() {},
    async edges(query) {
      const { relation, limits } = query;
      const limit = relation === 'linkedBy' || relation === 'shownOn' ? limits[relation] : null;
      // A bound limit would take a third of the time of these short statements.
      const sql = limit === null ? EDGES[relation] : `${EDGES[relation]} LIMIT ${limit + 1}`;
      return query.of.map((node) => {
        const edges = withLabels(file, node, query, edgeRows(file, sql, node));
        return { node, size: edges.length, edges };
      });
    },
    async stepDetails(steps, maxShown) {
      const pages = [...new Set(steps.flatMap(({ from, to }) => [from, to]))];
      return {
        pages: pages.flatMap((page) => stepPage(file, page) ?? []),
        links: steps.flatMap((step) => stepLinks(file, step, maxShown)),
      };
    },
  };
}

function located(file: SqliteFile, url: string): Located | null {
  const row = file.row<Omit<Located, 'sites'> & { page: number }>(LOCATE, url);
  if (row === undefined) return null;
  const { page, ...about } = row;
  return { ...about, sites: file.rows<{ url: string }>(SITES, page).map((site) => site.url) };
}

/** Reads labels only of the links that need them: the other columns are in the index. */
function withLabels(
  file: SqliteFile,
  node: number,
  { relation, limits, labelled }: EdgeQuery,
  edges: readonly LabelledEdge[],
): readonly LabelledEdge[] {
  if (relation === 'linkedBy' && labelled.has(node) && edges.length <= limits.linkedBy)
    return edgeRows(file, LABELLED_BY, node);
  if (relation !== 'links') return edges;
  const targets = new Set<number>();
  for (const edge of edges) if (labelled.has(edge[0])) targets.add(edge[0]);
  if (targets.size === 0) return edges;
  const others = edges.filter((edge) => !targets.has(edge[0]));
  return [...others, ...[...targets].flatMap((target) => edgeRows(file, LABELLED_LINKS, target, node))];
}

function edgeRows(file: SqliteFile, sql: string, ...values: readonly number[]): readonly LabelledEdge[] {
  const statement = file.sql(sql);
  statement.setReturnArrays(true);
  const rows: unknown = statement.all(...values);
  return rows as readonly LabelledEdge[];
}

function stepPage(file: SqliteFile, page: number): StepPage | null {
  const row = file.row<PageHead & Pick<StepPage, 'sitePages'>>(STEP_PAGE, page);
  if (row === undefined) return null;
  const { sitePages, ...head } = row;
  return { page, head, titles: titlesOf(file, page), sitePages };
}

function stepLinks(file: SqliteFile, { from, to }: PathStep, maxShown: number): readonly StepLink[] {
  const rows = file.rows<StepLinkRow>(STEP_LINKS, to, from, maxShown);
  return rows.map(({ text, role, fragment, cost, shownOn, ...section }) => ({
    ...{ from, to, text, role, fragment, cost, shownOn },
    section,
  }));
}
