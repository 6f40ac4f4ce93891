import { derivedId } from '../../../core/derived-id.ts';
import { MAX_LIST_PAGES } from '../../../core/pagination/paginated-list.ts';
import type { GroupWrite, Layout, LayoutList } from '../../../model/layout-group.ts';
import type { ListQuery } from '../../../model/list-query.ts';
import type {
  ListPage,
  ObservedList,
  ObservedListPage,
  PaginatedListWrite,
} from '../../../model/paginated-list.ts';
import type { AnalysisBatch } from '../../../model/site-overview.ts';
import type { SqliteFile } from '../sqlite-file.ts';
import { int, type Row, text } from '../tables/rows.ts';

/** URLs that stand for a layout. */
const EXAMPLES = 3;

/** Boards and groups: what they are worked out from, and what was worked out. */
export class AnalysisTable {
  readonly #file: SqliteFile;

  constructor(file: SqliteFile) {
    this.#file = file;
  }

  observedLists(crawlId: string, { cursor, limit }: ListQuery): ObservedListPage {
    const { site } = this.#site(crawlId);
    const rows = this.#file
      .sql(`SELECT pb.pattern, max(max(pb.last), max(pb.page)) AS last FROM page_board pb JOIN page p ON p.place = pb.place
        JOIN site_page sp ON sp.place = pb.place AND sp.site = ?
        WHERE pb.pattern > ? AND p.gone_since IS NULL GROUP BY pb.pattern ORDER BY pb.pattern LIMIT ?`)
      .all(site, cursor ?? '', limit) as Row[];
    const lists = rows.map((row) => this.#shownBoard(site, text(row, 'pattern'), int(row, 'last')));
    return { lists, next: rows.length === limit ? (lists.at(-1)?.pattern.url ?? null) : null };
  }

  layouts(crawlId: string, { cursor, limit }: ListQuery): LayoutList {
    const { site } = this.#site(crawlId);
    const [template = '', fingerprint = ''] = (cursor ?? '').split(' ');
    const rows = this.#file
      .sql(`SELECT template, fingerprint, url, pages FROM (
          SELECT l.template, l.fingerprint, u.url, count(*) OVER whole AS pages, row_number() OVER sorted AS nth
          FROM page_layout l JOIN site_page sp ON sp.place = l.place AND sp.site = ?
          JOIN page p ON p.place = l.place JOIN place u ON u.k = l.place
          WHERE (l.template, l.fingerprint) > (?, ?) AND p.gone_since IS NULL
          WINDOW whole AS (PARTITION BY l.template, l.fingerprint), sorted AS (whole ORDER BY u.url)
        ) WHERE nth <= ${EXAMPLES} ORDER BY template, fingerprint, url LIMIT ?`)
      .all(site, template, fingerprint, limit * EXAMPLES) as Row[];
    const layouts = layoutsOf(rows).slice(0, limit);
    const isEnd = rows.length < limit * EXAMPLES && layoutsOf(rows).length <= limit;
    const last = layouts.at(-1);
    return { layouts, next: isEnd || last === undefined ? null : `${last.template} ${last.fingerprint}` };
  }

  saveAnalysis(crawlId: string, { lists, groups }: AnalysisBatch, at: number): void {
    this.#file.transaction(() => {
      const { site, siteId } = this.#site(crawlId);
      for (const board of lists) this.#saveBoard(site, siteId, board, at);
      for (const group of groups) this.#saveGroup(site, siteId, group, at);
    });
  }

  endAnalysis(crawlId: string, at: number): void {
    this.#file.transaction(() => {
      const { site } = this.#site(crawlId);
      this.#file
        .sql('DELETE FROM board_page WHERE board IN (SELECT k FROM board WHERE site = ? AND at <> ?)')
        .run(site, at);
      this.#file.sql('DELETE FROM board WHERE site = ? AND at <> ?').run(site, at);
      this.#file
        .sql('DELETE FROM group_layout WHERE grp IN (SELECT k FROM layout_group WHERE site = ? AND at <> ?)')
        .run(site, at);
      this.#file.sql('DELETE FROM layout_group WHERE site = ? AND at <> ?').run(site, at);
    });
  }

  #site(crawlId: string): { readonly site: number; readonly siteId: string } {
    const row = this.#file
      .sql('SELECT s.k, s.id FROM crawl c JOIN site s ON s.k = c.site WHERE c.id = ?')
      .get(crawlId) as Row | undefined;
    if (row === undefined) throw new Error(`the site of crawl ${crawlId} was not opened`);
    return { site: int(row, 'k'), siteId: text(row, 'id') };
  }

  #shownBoard(site: number, pattern: string, last: number): ObservedList {
    const rows = this.#file
      .sql(`SELECT pb.page, pb.first, pb.step, u.url FROM page_board pb JOIN page p ON p.place = pb.place
        JOIN site_page sp ON sp.place = pb.place AND sp.site = ? JOIN place u ON u.k = pb.place
        WHERE pb.pattern = ? AND p.gone_since IS NULL ORDER BY pb.page, u.url LIMIT ${MAX_LIST_PAGES}`)
      .all(site, pattern) as Row[];
    const [row] = rows;
    const [first, step] = row === undefined ? [1, 1] : [int(row, 'first'), int(row, 'step')];
    const pages = rows.map((own): ListPage => ({ page: int(own, 'page'), url: text(own, 'url') }));
    return { pattern: { url: pattern, first, step }, last, pages };
  }

  #saveBoard(site: number, siteId: string, board: PaginatedListWrite, at: number): void {
    const { pattern, strategy, total, checked, repeats, pages } = board;
    const { k } = this.#file
      .sql(`INSERT INTO board (id, site, pattern, strategy, total, checked, repeats, pages, at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET strategy = excluded.strategy, total = excluded.total, checked = excluded.checked,
          repeats = excluded.repeats, pages = excluded.pages, at = excluded.at RETURNING k`)
      .get(
        derivedId(`${siteId} board ${pattern}`),
        site,
        pattern,
        strategy,
        total,
        checked ? 1 : 0,
        repeats ? 1 : 0,
        pages.length,
        at,
      ) as { k: number };
    this.#file.sql('DELETE FROM board_page WHERE board = ?').run(k);
    for (const [ord, { page, url }] of pages.entries()) {
      this.#file
        .sql('INSERT INTO board_page (board, ord, page, place) SELECT ?, ?, ?, k FROM place WHERE url = ?')
        .run(k, ord, page, url);
    }
  }

  #saveGroup(site: number, siteId: string, group: GroupWrite, at: number): void {
    const { name, pattern, fingerprint, pages, layouts, examples } = group;
    const { k } = this.#file
      .sql(`INSERT INTO layout_group (id, site, name, pattern, fingerprint, pages, examples, at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET name = excluded.name, pages = excluded.pages, examples = excluded.examples,
          at = excluded.at RETURNING k`)
      .get(
        derivedId(`${siteId} group ${pattern} ${fingerprint}`),
        site,
        name,
        pattern,
        fingerprint,
        pages,
        JSON.stringify(examples),
        at,
      ) as { k: number };
    this.#file.sql('DELETE FROM group_layout WHERE grp = ?').run(k);
    for (const layout of layouts) {
      this.#file
        .sql('INSERT INTO group_layout (grp, template, fingerprint) VALUES (?, ?, ?)')
        .run(k, layout.template, layout.fingerprint);
    }
  }
}

/** One row for each example, those of one layout below one another. */
function layoutsOf(rows: readonly Row[]): readonly Layout[] {
  const alike = Map.groupBy(rows, (row) => `${text(row, 'template')} ${text(row, 'fingerprint')}`);
  return [...alike.values()].flatMap((some) => {
    const [row] = some;
    if (row === undefined) return [];
    const examples = some.map((own) => text(own, 'url'));
    const key = { template: text(row, 'template'), fingerprint: text(row, 'fingerprint') };
    return [{ ...key, pages: int(row, 'pages'), examples }];
  });
}
