import type { SiteOverview } from '../../../model/site-overview.ts';
import type { ListReader } from '../../../ports/map-reader.ts';
import type { SqliteFile } from '../sqlite-file.ts';

/** Pages that are present of the site of crawl `$crawlId`. */
const SITE_PAGES = `crawl c JOIN site_page sp ON sp.site = c.site
  JOIN page p ON p.place = sp.place AND p.gone_since IS NULL`;

const OBSERVED = `SELECT pb.pattern AS url, max(max(pb.last), max(pb.page)) AS last FROM ${SITE_PAGES}
  JOIN page_board pb ON pb.place = sp.place WHERE c.id = $crawlId AND pb.pattern > $after
  GROUP BY pb.pattern ORDER BY pb.pattern LIMIT $limit`;
const OBSERVED_PAGES = `SELECT pb.page, u.url,
    json_object('url', pb.pattern, 'first', pb.first, 'step', pb.step) AS pattern
  FROM crawl c CROSS JOIN page_board pb JOIN site_page sp ON sp.place = pb.place AND sp.site = c.site
  JOIN page p ON p.place = pb.place AND p.gone_since IS NULL JOIN place u ON u.k = pb.place
  WHERE c.id = $crawlId AND pb.pattern = $pattern ORDER BY pb.page, u.url LIMIT $pages`;
const LAYOUTS = `SELECT template, fingerprint, max(pages) AS pages, json_group_array(url ORDER BY url) AS examples
  FROM (
    SELECT l.template, l.fingerprint, u.url, count(*) OVER whole AS pages, row_number() OVER sorted AS nth
    FROM ${SITE_PAGES} JOIN page_layout l ON l.place = sp.place JOIN place u ON u.k = l.place
    WHERE c.id = $crawlId AND (l.template, l.fingerprint) > ($template, $fingerprint)
    WINDOW whole AS (PARTITION BY l.template, l.fingerprint), sorted AS (whole ORDER BY u.url)
  ) WHERE nth <= $examples GROUP BY template, fingerprint ORDER BY template, fingerprint LIMIT $limit`;

const LISTS = `SELECT id, pattern, strategy, total, iif(checked, 'true', 'false') AS checked,
    iif(repeats, 'true', 'false') AS repeats, pages AS pageCount,
    (SELECT json_group_array(json_object('page', page, 'url', url, 'title', title)) FROM (
      SELECT b.page, u.url, p.title FROM board_page b JOIN place u ON u.k = b.place JOIN page p ON p.place = b.place
      WHERE b.board = board.k ORDER BY b.ord LIMIT $listPages)) AS pages
  FROM board WHERE site = $site ORDER BY coalesce(total, board.pages) DESC, pattern LIMIT $limit`;
const GROUPS = `SELECT id, name, pattern, pages, summary,
    (SELECT json_group_array(json_object('url', u.url, 'title', p.title) ORDER BY example.key)
      FROM json_each(examples) example JOIN place u ON u.url = example.value JOIN page p ON p.place = u.k) AS examples
  FROM layout_group WHERE site = $site ORDER BY pages DESC, pattern, fingerprint LIMIT $limit`;
const COUNTS = `SELECT (SELECT count(*) FROM board WHERE site = $site) AS listCount,
  (SELECT count(*) FROM layout_group WHERE site = $site) AS groupCount`;

/** Reads which lists and layouts pages show, and the lists and groups that were derived from them. */
export function sqliteListReader(file: SqliteFile): ListReader {
  return {
    async lists(range) {
      const rows = file.select<{ url: string; last: number }>(OBSERVED, range);
      return rows.map((row) => ({
        ...row,
        pages: file.select(OBSERVED_PAGES, { ...range, pattern: row.url }, 'pattern'),
      }));
    },
    layouts: async (query) => file.select(LAYOUTS, query, 'examples'),
    async overview(query) {
      const [counts = { listCount: 0, groupCount: 0 }] = file.select<
        Pick<SiteOverview, 'listCount' | 'groupCount'>
      >(COUNTS, query);
      return {
        lists: file.select(LISTS, query, 'checked', 'repeats', 'pages'),
        groups: file.select(GROUPS, query, 'examples'),
        ...counts,
      };
    },
  };
}
