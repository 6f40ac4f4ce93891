import { derivedId } from '../../../core/derived-id.ts';
import type { GroupWrite } from '../../../model/layout-group.ts';
import type { PaginatedListWrite } from '../../../model/paginated-list.ts';
import type { AnalysisBatch } from '../../../model/site-overview.ts';
import type { SqliteFile } from '../sqlite-file.ts';

/** The site of a crawl, by number and by id. */
export interface SiteOfCrawl {
  readonly site: number;
  readonly siteId: string;
}

/** Writes paginated lists and groups. Its methods run in the caller's transaction. */
export class AnalysisWriter {
  readonly #file: SqliteFile;

  constructor(file: SqliteFile) {
    this.#file = file;
  }

  save(site: SiteOfCrawl, { lists, groups }: AnalysisBatch, at: number): void {
    for (const list of lists) this.#saveList(site, list, at);
    for (const group of groups) this.#saveGroup(site, group, at);
  }

  /** Deletes what was stored under another `at`. */
  end({ site }: SiteOfCrawl, at: number): void {
    const old = (table: string) => `SELECT k FROM ${table} WHERE site = ?1 AND at <> ?2`;
    this.#file.sql(`DELETE FROM board_page WHERE board IN (${old('board')})`).run(site, at);
    this.#file.sql('DELETE FROM board WHERE site = ? AND at <> ?').run(site, at);
    this.#file.sql(`DELETE FROM group_layout WHERE grp IN (${old('layout_group')})`).run(site, at);
    this.#file.sql('DELETE FROM layout_group WHERE site = ? AND at <> ?').run(site, at);
  }

  #saveList({ site, siteId }: SiteOfCrawl, list: PaginatedListWrite, at: number): void {
    const { pattern, strategy, total, checked, repeats, pages } = list;
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

  #saveGroup({ site, siteId }: SiteOfCrawl, group: GroupWrite, at: number): void {
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
