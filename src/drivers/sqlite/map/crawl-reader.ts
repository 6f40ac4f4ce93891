import type { CrawlReader } from '../../../ports/map-reader.ts';
import type { SqliteFile } from '../sqlite-file.ts';
import { PAGE_ROW } from './page-reader.ts';

const CRAWL_KEY = '(SELECT k FROM crawl WHERE id = $crawlId)';
/** The host, with its port, in a canonical URL. */
const hostOf = (url: string) =>
  `substr(${url}, instr(${url}, '//') + 2, instr(substr(${url}, instr(${url}, '//') + 2) || '/', '/') - 1)`;

const COUNTS = `SELECT count(*) AS pages, coalesce(sum(p.sections), 0) AS sections, coalesce(sum(p.links), 0) AS links,
    count(DISTINCT nullif(${hostOf('u.url')}, ${hostOf('r.url')})) AS subRoots
  FROM crawl c JOIN site r ON r.k = c.site JOIN crawl_page cp ON cp.crawl = c.k JOIN page p ON p.place = cp.place
  JOIN place u ON u.k = cp.place WHERE c.id = $crawlId`;
const PAGES = `SELECT c.n AS at, c.place AS key, ${PAGE_ROW} FROM crawl_page c JOIN page p ON p.place = c.place
  JOIN place u ON u.k = c.place WHERE c.crawl = ${CRAWL_KEY} AND c.n > $after ORDER BY c.n LIMIT $limit`;
const CRAWLS = `SELECT c.k AS key, c.id, s.url AS site, c.started_at AS startedAt, c.finished_at AS finishedAt,
  (SELECT count(*) FROM crawl_page p WHERE p.crawl = c.k) AS pages FROM crawl c JOIN site s ON s.k = c.site`;
const CRAWL = `${CRAWLS} WHERE c.id = $crawlId`;
const BEFORE = `${CRAWLS} WHERE c.site = (SELECT k FROM site WHERE url = $site) AND c.k < $key
  ORDER BY c.k DESC LIMIT $limit`;
const VERSIONS = `SELECT place AS page, version FROM crawl_page WHERE crawl = ${CRAWL_KEY} AND place > $after
  ORDER BY place LIMIT $limit`;
const CONTENT = `SELECT v.k AS version, v.place AS page, u.url, p.gone_since AS removedSince, v.title,
    coalesce(v.sections, (SELECT json_group_array(json_array(path, type, heading, block))
      FROM (SELECT * FROM section s WHERE s.place = v.place ORDER BY s.ord))) AS sections
  FROM page_version v JOIN place u ON u.k = v.place JOIN page p ON p.place = v.place WHERE v.k = $version`;
const UNSEEN = `SELECT sp.place AS key, u.url FROM crawl c JOIN site_page sp ON sp.site = c.site
  JOIN page p ON p.place = sp.place JOIN place u ON u.k = sp.place
  WHERE c.id = $crawlId AND sp.place > $after AND p.gone_since IS NULL
    AND NOT EXISTS (SELECT 1 FROM crawl_page seen WHERE seen.crawl = c.k AND seen.place = sp.place)
  ORDER BY sp.place LIMIT $limit`;

/** Reads crawls, their pages, and the contents that pages had. */
export function sqliteCrawlReader(file: SqliteFile): CrawlReader {
  return {
    counts: async (crawlId) => file.select(COUNTS, { crawlId }),
    pages: async (range) => file.select(PAGES, range, 'page'),
    crawl: async (crawlId) => file.select(CRAWL, { crawlId }),
    before: async (query) => file.select(BEFORE, query),
    versions: async (range) => file.select(VERSIONS, range),
    contents: async (versions) =>
      versions.flatMap(({ version }) => file.select(CONTENT, { version }, 'sections')),
    unseen: async (range) => file.select(UNSEEN, range),
  };
}
