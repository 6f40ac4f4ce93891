import type { SummaryReader } from '../../../ports/map-reader.ts';
import type { SqliteFile } from '../sqlite-file.ts';

const CRAWL = '(SELECT k FROM crawl WHERE id = $crawlId)';
const STORED_AFTER = `SELECT max(n) AS at FROM (
  SELECT n FROM crawl_page WHERE crawl = ${CRAWL} AND n > $after ORDER BY n LIMIT $limit)`;
const SECTIONS = `SELECT c.n AS at, s.ord AS "order", s.path, coalesce(s.heading, s.label, '') AS title, p.language,
    b.k AS block, substr(b.text, 1, $characters) AS text
  FROM crawl_page c JOIN page p ON p.place = c.place JOIN section s ON s.place = c.place JOIN block b ON b.k = s.block
  WHERE c.crawl = ${CRAWL} AND c.n >= $at AND c.n <= $until AND (c.n > $at OR s.ord > $order)
    AND b.text <> '' AND b.summary_variant IS NOT $variant
  ORDER BY c.n, s.ord LIMIT $limit`;
const PAGES = `SELECT c.n AS at, p.place AS key, p.title, p.description, p.language,
    (SELECT json_group_array(json_object('path', path, 'heading', heading, 'text', text)) FROM (
      SELECT s.path, s.heading, coalesce(b.summary, substr(b.text, 1, $characters)) AS text
      FROM section s JOIN block b ON b.k = s.block WHERE s.place = p.place AND b.text <> '' ORDER BY s.ord LIMIT $parts
    )) AS parts
  FROM crawl_page c JOIN page p ON p.place = c.place
  WHERE c.crawl = ${CRAWL} AND c.n > $after AND p.summary_variant IS NOT $variant ORDER BY c.n LIMIT $limit`;

/** The first pages `p` of site `sp.site`, as JSON. */
const summed = (from: string, where: string) => `(
    SELECT json_group_array(json_object('title', title, 'language', language, 'text', text)) FROM (
      SELECT p.title, p.language, coalesce(p.summary, p.description, '') AS text
      FROM ${from} JOIN page p ON p.place = sp.place
      WHERE ${where} AND p.gone_since IS NULL ORDER BY sp.depth, sp.place LIMIT $pages)) AS pages`;
const MEMBERS = `group_layout gl JOIN page_layout l ON l.template = gl.template AND l.fingerprint = gl.fingerprint
  JOIN site_page sp ON sp.site = g.site AND sp.place = l.place`;
const SUMS = {
  group: `SELECT g.id, g.name AS title, ${summed(MEMBERS, 'gl.grp = g.k')}
    FROM crawl c JOIN layout_group g ON g.site = c.site WHERE c.id = $crawlId AND g.id > $after
    ORDER BY g.id LIMIT $limit`,
  site: `SELECT s.k AS id, s.url AS title, ${summed('site_page sp', 'sp.site = s.k')}
    FROM crawl c JOIN site s ON s.k = c.site WHERE c.id = $crawlId`,
};

const OWN = `crawl_page c WHERE c.crawl = ${CRAWL}`;
const SITE = '(SELECT site FROM crawl WHERE id = $crawlId)';
const COVERED = 'count(*) AS found, coalesce(sum(summary_variant IS $variant), 0) AS summarised';
const COVERAGE = `SELECT ${COVERED} FROM page WHERE place IN (SELECT c.place FROM ${OWN})
  UNION ALL SELECT ${COVERED} FROM block WHERE text <> ''
    AND k IN (SELECT s.block FROM section s WHERE s.place IN (SELECT c.place FROM ${OWN}))
  UNION ALL SELECT ${COVERED} FROM layout_group WHERE site = ${SITE}
  UNION ALL SELECT ${COVERED} FROM site WHERE k = ${SITE} AND EXISTS (SELECT 1 FROM ${OWN})`;
const CACHED = 'SELECT s.key, s.text FROM json_each($keys) k JOIN summary s ON s.key = k.value';
const SPENDING = `SELECT s.made, s.calls, s.tokens FROM crawl_summaries s JOIN crawl c ON c.k = s.crawl
  WHERE c.id = $crawlId`;

/** Reads what has a summary, what has none yet, and what it would be made from. */
export function sqliteSummaryReader(file: SqliteFile): SummaryReader {
  return {
    storedAfter: async (range) => file.select(STORED_AFTER, range),
    sections: async (query) => file.select(SECTIONS, query),
    pages: async (query) => file.select(PAGES, query, 'parts'),
    sums: async (level, range) => file.select(SUMS[level], range, 'pages'),
    coverage: async (query) => file.select(COVERAGE, query),
    cached: async (keys) => file.select(CACHED, { keys: JSON.stringify(keys) }),
    spending: async (crawlId) => file.select(SPENDING, { crawlId }),
  };
}
