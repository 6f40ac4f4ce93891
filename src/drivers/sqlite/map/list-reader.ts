import type { PageHead } from '../../../model/head.ts';
import type { GroupRow, Layout, LayoutKey } from '../../../model/layout-group.ts';
import type { ListPage, PaginatedList } from '../../../model/paginated-list.ts';
import type { SiteOverview } from '../../../model/site-overview.ts';
import type { Key, ListPageRow, ListReader } from '../../../ports/map-reader.ts';
import type { SqliteFile } from '../sqlite-file.ts';

/** Pages that are there of the site of crawl `?1`. */
const SITE_PAGES = `crawl c JOIN site_page sp ON sp.site = c.site JOIN page p ON p.place = sp.place AND p.gone_since IS NULL`;

/** Reads which lists and layouts pages show, and the lists and groups that were derived from them. */
export class SqliteListReader implements ListReader {
  readonly #file: SqliteFile;

  constructor(file: SqliteFile) {
    this.#file = file;
  }

  async patterns(crawlId: string, after: string, limit: number) {
    return this.#file.rows<{ url: string; last: number }>(
      `SELECT pb.pattern AS url, max(max(pb.last), max(pb.page)) AS last FROM ${SITE_PAGES}
      JOIN page_board pb ON pb.place = sp.place WHERE c.id = ?1 AND pb.pattern > ?2
      GROUP BY pb.pattern ORDER BY pb.pattern LIMIT ?3`,
      ...[crawlId, after, limit],
    );
  }

  async pages(crawlId: string, patterns: readonly string[], limit: number): Promise<readonly ListPageRow[]> {
    return patterns.flatMap((pattern) =>
      this.#file
        .rows<ListPage & { first: number; step: number }>(
          `SELECT pb.page, pb.first, pb.step, u.url FROM crawl c CROSS JOIN page_board pb
          JOIN site_page sp ON sp.place = pb.place AND sp.site = c.site
          JOIN page p ON p.place = pb.place AND p.gone_since IS NULL JOIN place u ON u.k = pb.place
          WHERE c.id = ?1 AND pb.pattern = ?2 ORDER BY pb.page, u.url LIMIT ?3`,
          ...[crawlId, pattern, limit],
        )
        .map(({ page, url, first, step }) => ({ page, url, pattern: { url: pattern, first, step } })),
    );
  }

  async layouts(
    crawlId: string,
    { template, fingerprint }: LayoutKey,
    limit: number,
    examples: number,
  ): Promise<readonly Layout[]> {
    const rows = this.#file.rows<LayoutKey & { pages: number; examples: string }>(
      `SELECT template, fingerprint, max(pages) AS pages, json_group_array(url ORDER BY url) AS examples FROM (
        SELECT l.template, l.fingerprint, u.url, count(*) OVER whole AS pages, row_number() OVER sorted AS nth
        FROM ${SITE_PAGES} JOIN page_layout l ON l.place = sp.place JOIN place u ON u.k = l.place
        WHERE c.id = ?1 AND (l.template, l.fingerprint) > (?2, ?3)
        WINDOW whole AS (PARTITION BY l.template, l.fingerprint), sorted AS (whole ORDER BY u.url)
      ) WHERE nth <= ?5 GROUP BY template, fingerprint ORDER BY template, fingerprint LIMIT ?4`,
      ...[crawlId, template, fingerprint, limit, examples],
    );
    return rows.map((row) => ({ ...row, examples: JSON.parse(row.examples) as string[] }));
  }

  async overview(site: Key, limit: number, listPages: number): Promise<SiteOverview> {
    const lists = this.#file.rows<ListColumns>(
      `SELECT k, id, pattern, strategy, total, checked, repeats, pages AS pageCount FROM board WHERE site = ?
      ORDER BY coalesce(total, pages) DESC, pattern LIMIT ?`,
      ...[site, limit],
    );
    const groups = this.#file.rows<Omit<GroupRow, 'examples'> & { examples: string }>(
      `SELECT id, name, pattern, pages, summary, examples FROM layout_group WHERE site = ?
      ORDER BY pages DESC, pattern, fingerprint LIMIT ?`,
      ...[site, limit],
    );
    return {
      lists: lists.map((row) => this.#list(row, listPages)),
      listCount: this.#count('board', site),
      groups: groups.map((row) => ({ ...row, examples: this.#heads(row.examples) })),
      groupCount: this.#count('layout_group', site),
    };
  }

  #list({ k, checked, repeats, ...list }: ListColumns, listPages: number): PaginatedList {
    const pages = this.#file.rows<ListPage & PageHead>(
      `SELECT b.page, u.url, p.title FROM board_page b JOIN place u ON u.k = b.place
      JOIN page p ON p.place = b.place WHERE b.board = ? ORDER BY b.ord LIMIT ?`,
      ...[k, listPages],
    );
    return { ...list, checked: checked === 1, repeats: repeats === 1, pages };
  }

  /** @param urls as a JSON array. */
  #heads(urls: string): readonly PageHead[] {
    return this.#file.rows<PageHead>(
      `SELECT u.url, p.title FROM json_each(?) example JOIN place u ON u.url = example.value
      JOIN page p ON p.place = u.k ORDER BY example.key`,
      urls,
    );
  }

  #count(table: 'board' | 'layout_group', site: Key): number {
    return this.#file.row<{ n: number }>(`SELECT count(*) AS n FROM ${table} WHERE site = ?`, site)?.n ?? 0;
  }
}

interface ListColumns extends Omit<PaginatedList, 'pages' | 'checked' | 'repeats'> {
  readonly k: Key;
  readonly checked: number;
  readonly repeats: number;
}
