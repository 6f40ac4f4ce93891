import type { Located } from '../../../model/route.ts';
import type {
  EdgeQuery,
  EdgeRelation,
  LabelledEdge,
  LinkedPage,
  LinkReader,
  LinkView,
} from '../../../ports/link-reader.ts';
import { NAME, OWN_PAGE } from '../schema.ts';
import type { SqliteFile } from '../sqlite-file.ts';
import { LED_TO, SECTION_HEAD } from './page-reader.ts';

/** The URLs that lead to a page: its own, and those of redirects and duplicates. */
const targetsOf = (page: string) =>
  `WITH target (k) AS (SELECT ${page} UNION ALL SELECT k FROM place WHERE alias_of = ${page})`;

const TITLES = `(SELECT json_group_array(text) FROM name WHERE place = p.place AND kind = ${NAME.title}) AS titles`;

const LOCATE = `SELECT u.url, p.title, p.language, (SELECT json_group_array(url) FROM (
    SELECT s.url FROM site_page sp JOIN site s ON s.k = sp.site WHERE sp.place = u.k
    ORDER BY (SELECT sum(h.pages) FROM site_host h WHERE h.site = s.k) DESC, s.k)) AS sites
  FROM ${LED_TO} WHERE wanted.url = $url`;
const PRESENT = `SELECT p.place AS page, ${TITLES} FROM ${LED_TO} WHERE wanted.url = $url AND p.gone_since IS NULL`;

/** Rows of a node and a cost; with a label where it is needed. */
const EDGES: Readonly<Record<EdgeRelation, string>> = {
  shows: 'SELECT block, toll FROM section WHERE place = ?1',
  links: `SELECT coalesce(p.alias_of, p.k), l.cost FROM block_link l CROSS JOIN place p ON p.k = l.target
    WHERE l.block = ?1`,
  linkedBy: `${targetsOf('?1')} SELECT l.block, l.cost FROM target t CROSS JOIN block_link l ON l.target = t.k
    WHERE l.target > ${OWN_PAGE}`,
  shownOn: 'SELECT place, toll FROM section WHERE block = ?1',
};
/** Links of a page ?1 that has no more than the limit. */
const LABELLED_BY = EDGES.linkedBy.replace('l.cost', 'l.cost, l.text');
/** Links of block ?2 to page ?1. */
const LABELLED_LINKS = `${targetsOf('?1')} SELECT DISTINCT ?1, l.cost, l.text FROM target t
  CROSS JOIN block_link l ON l.target = t.k AND l.block = ?2 WHERE l.target > ${OWN_PAGE}`;

const STEP_PAGE = `SELECT p.place AS page, json_object('url', u.url, 'title', p.title) AS head, ${TITLES},
    (SELECT coalesce(sum(h.pages), 0) FROM site_page sp JOIN site_host h ON h.site = sp.site
      WHERE sp.place = p.place) AS sitePages
  FROM page p JOIN place u ON u.k = p.place WHERE p.place = $page`;
const STEP_LINKS = `${targetsOf('$to')} SELECT $from AS "from", $to AS "to", ${SECTION_HEAD} AS section,
    l.text, l.role, l.fragment, s.toll + l.cost AS cost,
    (SELECT count(*) FROM (SELECT 1 FROM section x WHERE x.block = s.block LIMIT $maxShown)) AS shownOn
  FROM section s CROSS JOIN target t CROSS JOIN block_link l ON l.target = t.k AND l.block = s.block
  WHERE s.place = $from AND l.target > ${OWN_PAGE} ORDER BY s.ord, l.ord`;

/** Pages and links in the SQLite file. */
export function sqliteLinkReader(file: SqliteFile): LinkReader {
  const view = linkView(file);
  return {
    locate: async (urls) => urls.map((url) => file.select<Located>(LOCATE, { url }, 'sites')[0] ?? null),
    readLinks: (work) => work(view),
  };
}

/** Reads wait for nothing but microtasks: nothing is written between them. */
function linkView(file: SqliteFile): LinkView {
  return {
    pagesAt: async (urls) =>
      urls.map((url) => file.select<LinkedPage>(PRESENT, { url }, 'titles')[0] ?? null),
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
        pages: pages.flatMap((page) => file.select(STEP_PAGE, { page }, 'head', 'titles')),
        links: steps.flatMap((step) => file.select(STEP_LINKS, { ...step, maxShown }, 'section')),
      };
    },
  };
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
