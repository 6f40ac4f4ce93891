import type { PageReader, SitePageList } from '../../../ports/map-reader.ts';
import { OWN_PAGE } from '../schema.ts';
import type { SqliteFile } from '../sqlite-file.ts';

/** A page `p` under its URL `u`, as JSON. */
export const PAGE_ROW = `json_object('url', u.url, 'title', p.title, 'description', p.description,
  'language', p.language, 'depth', p.depth, 'status', p.status, 'via', p.via, 'contentHash', p.content_hash,
  'firstSeen', p.first_seen, 'fetchedAt', p.fetched_at, 'removedSince', p.gone_since, 'sections', p.sections,
  'links', p.links, 'summary', p.summary) AS page`;
/** Columns of a section `s` that say what it is. */
export const HEAD_COLUMNS = 's.id, s.ord AS "order", s.path, s.type, s.heading, s.anchor, s.label';
/** The same as JSON. */
export const SECTION_HEAD = `json_object('id', s.id, 'order', s.ord, 'path', s.path, 'type', s.type,
  'heading', s.heading, 'anchor', s.anchor, 'label', s.label)`;
/** From a URL to the page `p` that it leads to, under its own URL `u`. */
export const LED_TO = `place wanted JOIN place u ON u.k = coalesce(wanted.alias_of, wanted.k) JOIN page p ON p.place = u.k`;

const SITES = `SELECT s.k AS key, s.id, s.url, s.summary,
    (SELECT coalesce(sum(h.pages), 0) FROM site_host h WHERE h.site = s.k) AS pages,
    (SELECT p.title FROM ${LED_TO} WHERE wanted.url = s.url) AS title
  FROM place own JOIN site_page sp ON sp.place = coalesce(own.alias_of, own.k) JOIN site s ON s.k = sp.site
  WHERE own.url = $url`;
const AT = `SELECT p.place AS key, ${PAGE_ROW} FROM ${LED_TO} WHERE wanted.url = $url`;

const sitePages = (where: string, order: string) => `SELECT sp.place AS key, sp.depth, ${PAGE_ROW}
  FROM site_page sp JOIN page p ON p.place = sp.place JOIN place u ON u.k = sp.place
  WHERE sp.site = $site AND ${where} ORDER BY ${order} LIMIT $limit`;
const DEEPER = '(sp.depth, sp.place) > ($depth, $key)';
const LOSSY =
  '(p.gone_since IS NOT NULL OR EXISTS (SELECT 1 FROM past_section lost WHERE lost.place = p.place))';
const SITE_PAGES: Readonly<Record<SitePageList, string>> = {
  byDepth: sitePages(`${DEEPER} AND p.gone_since IS NULL`, 'sp.depth, sp.place'),
  byKey: sitePages('sp.place > $key AND p.gone_since IS NULL', 'sp.place'),
  lossyByDepth: sitePages(`${DEEPER} AND ${LOSSY}`, 'sp.depth, sp.place'),
};
const SUB_ROOTS = `SELECT h.host, h.pages, u.url, p.title FROM site_host h JOIN place u ON u.k = h.first_place
  JOIN page p ON p.place = u.k WHERE h.site = $site AND h.host <> $host AND h.pages > 0
  ORDER BY h.pages DESC, h.host LIMIT $limit`;

const sectionsIn = (table: string, lastSeen: string) => `SELECT ${HEAD_COLUMNS}, s.created_at AS firstSeen,
    ${lastSeen} AS lastSeen, b.summary, substr(b.text, 1, $characters) AS text
  FROM ${table} s JOIN block b ON b.k = s.block JOIN page p ON p.place = s.place
  WHERE s.place = $page ORDER BY s.ord, s.path LIMIT $limit`;
const SECTIONS = sectionsIn('section', 'p.fetched_at');
const PAST_SECTIONS = sectionsIn('past_section', 's.last_seen');

const LINKS = `SELECT coalesce(t.url, u.url) AS url, l.fragment, l.text, l.role, s.ord AS section FROM section s
  JOIN block_link l ON l.block = s.block
  JOIN place u ON u.k = CASE l.target WHEN ${OWN_PAGE} THEN s.place ELSE l.target END
  LEFT JOIN place t ON t.k = u.alias_of WHERE s.place = $page ORDER BY s.ord, l.ord`;
const TARGETS = 'SELECT $page AS key UNION ALL SELECT k FROM place WHERE alias_of = $page ORDER BY key';
/** In the order of an index, so that a page with a million links is read as fast as any. */
const IN_LINKS = `SELECT json_array(l.target, l.block, l.ord, s.place, s.ord) AS position,
    json_object('page', json_object('url', u.url, 'title', p.title), 'section', ${SECTION_HEAD}, 'text', l.text,
      'role', l.role, 'fragment', l.fragment) AS link
  FROM block_link l CROSS JOIN section s ON s.block = l.block CROSS JOIN place u ON u.k = s.place
  CROSS JOIN page p ON p.place = s.place
  WHERE l.target = $target AND l.target > ${OWN_PAGE} AND (l.block, l.ord) >= ($block, $link)
    AND ((l.block, l.ord) > ($block, $link) OR (s.place, s.ord) > ($from, $section)) AND s.place <> $page
  ORDER BY l.block, l.ord, s.place, s.ord LIMIT $limit`;

/** Reads sites, pages, sections and links. */
export function sqlitePageReader(file: SqliteFile): PageReader {
  return {
    sites: async (url) => file.select(SITES, { url }),
    at: async (urls) => urls.flatMap((url) => file.select(AT, { url }, 'page')),
    list: async (query) => file.select(SITE_PAGES[query.list], query, 'page'),
    subRoots: async (query) => file.select(SUB_ROOTS, query),
    async sections({ pages, past, characters, limit }) {
      const sql = past ? PAST_SECTIONS : SECTIONS;
      return pages.map((page) => ({ page, sections: file.select(sql, { page, characters, limit }) }));
    },
    links: async (pages) => pages.map((page) => ({ page, links: file.select(LINKS, { page }) })),
    targets: async (page) => file.select(TARGETS, { page }),
    inLinks: async (query) => file.select(IN_LINKS, query, 'position', 'link'),
  };
}
