import type { CrawlHead } from '../../../model/history.ts';
import type {
  ContentRow,
  ContentSection,
  CrawlPageRow,
  CrawlReader,
  CrawlRow,
  Key,
  VersionRow,
} from '../../../ports/map-reader.ts';
import type { SqliteFile } from '../sqlite-file.ts';
import { type KeyedPage, PAGE_COLUMNS, pageRow } from './page-reader.ts';

const CRAWL = '(SELECT k FROM crawl WHERE id = ?1)';
const CRAWL_HEAD = `SELECT c.k AS key, c.id, s.url AS site, c.started_at AS startedAt, c.finished_at AS finishedAt,
  (SELECT count(*) FROM crawl_page p WHERE p.crawl = c.k) AS pages FROM crawl c JOIN site s ON s.k = c.site`;
/** The host, with its port, in a canonical URL. */
const hostOf = (url: string) =>
  `substr(${url}, instr(${url}, '//') + 2, instr(substr(${url}, instr(${url}, '//') + 2) || '/', '/') - 1)`;

/** Reads crawls, their pages, and the contents that pages had. */
export class SqliteCrawlReader implements CrawlReader {
  readonly #file: SqliteFile;

  constructor(file: SqliteFile) {
    this.#file = file;
  }

  async counts(crawlId: string) {
    const none = { pages: 0, sections: 0, links: 0, subRoots: 0 };
    const row = this.#file.row<typeof none>(
      `SELECT count(*) AS pages, coalesce(sum(p.sections), 0) AS sections, coalesce(sum(p.links), 0) AS links,
        count(DISTINCT nullif(${hostOf('u.url')}, ${hostOf('r.url')})) AS subRoots
      FROM crawl c JOIN site r ON r.k = c.site JOIN crawl_page cp ON cp.crawl = c.k JOIN page p ON p.place = cp.place
      JOIN place u ON u.k = cp.place WHERE c.id = ?`,
      crawlId,
    );
    return { ...none, ...row };
  }

  async pages(crawlId: string, after: number, limit: number): Promise<readonly CrawlPageRow[]> {
    const rows = this.#file.rows<KeyedPage & { at: number }>(
      `SELECT c.n AS at, ${PAGE_COLUMNS} FROM crawl_page c JOIN page p ON p.place = c.place
      JOIN place u ON u.k = c.place WHERE c.crawl = ${CRAWL} AND c.n > ?2 ORDER BY c.n LIMIT ?3`,
      ...[crawlId, after, limit],
    );
    return rows.map(({ at, ...row }) => ({ ...pageRow(row), at }));
  }

  async crawl(crawlId: string): Promise<CrawlRow | null> {
    return this.#file.row<CrawlRow>(`${CRAWL_HEAD} WHERE c.id = ?`, crawlId) ?? null;
  }

  async before(site: CrawlHead['site'], key: Key, limit: number): Promise<readonly CrawlRow[]> {
    return this.#file.rows<CrawlRow>(
      `${CRAWL_HEAD} WHERE c.site = (SELECT k FROM site WHERE url = ?) AND c.k < ? ORDER BY c.k DESC LIMIT ?`,
      ...[site, key, limit],
    );
  }

  async versions(crawlId: string, after: Key, limit: number): Promise<readonly VersionRow[]> {
    return this.#file.rows<VersionRow>(
      `SELECT place AS page, version FROM crawl_page WHERE crawl = ${CRAWL} AND place > ?2 ORDER BY place LIMIT ?3`,
      ...[crawlId, after, limit],
    );
  }

  async contents(versions: readonly VersionRow[]): Promise<readonly ContentRow[]> {
    return versions.flatMap(({ version }) => {
      const row = this.#file.row<Omit<ContentRow, 'sections'> & { sections: string }>(
        `SELECT v.k AS version, v.place AS page, u.url, p.gone_since AS removedSince, v.title,
          coalesce(v.sections, (SELECT json_group_array(json_array(path, type, heading, block))
            FROM (SELECT * FROM section s WHERE s.place = v.place ORDER BY s.ord))) AS sections
        FROM page_version v JOIN place u ON u.k = v.place JOIN page p ON p.place = v.place WHERE v.k = ?`,
        version,
      );
      return row === undefined ? [] : [{ ...row, sections: JSON.parse(row.sections) as ContentSection[] }];
    });
  }

  async unseen(crawlId: string, after: Key, limit: number) {
    return this.#file.rows<{ key: Key; url: string }>(
      `SELECT sp.place AS key, u.url FROM crawl c JOIN site_page sp ON sp.site = c.site
      JOIN page p ON p.place = sp.place JOIN place u ON u.k = sp.place
      WHERE c.id = ? AND sp.place > ? AND p.gone_since IS NULL
        AND NOT EXISTS (SELECT 1 FROM crawl_page seen WHERE seen.crawl = c.k AND seen.place = sp.place)
      ORDER BY sp.place LIMIT ?`,
      ...[crawlId, after, limit],
    );
  }
}
