import { urlTemplate } from '../../../core/groups/url-template.ts';
import type { PageWrite } from '../../../ports/graph-store.ts';
import type { SqliteFile } from '../sqlite-file.ts';

/** Notes what a page looks like and where it stands in a board: what boards and groups are worked out from. */
export class LayoutWriter {
  readonly #file: SqliteFile;

  constructor(file: SqliteFile) {
    this.#file = file;
  }

  write(place: number, { url, parsed }: PageWrite): void {
    this.#file
      .sql(`INSERT INTO page_layout (place, template, fingerprint) VALUES (?, ?, ?)
        ON CONFLICT (place) DO UPDATE SET template = excluded.template, fingerprint = excluded.fingerprint`)
      .run(place, urlTemplate(url), parsed.fingerprint);
    this.#writeBoard(place, parsed.pagination);
  }

  #writeBoard(place: number, pagination: PageWrite['parsed']['pagination']): void {
    this.#file.sql('DELETE FROM page_board WHERE place = ?').run(place);
    if (pagination === null || pagination.pattern === null || pagination.current === null) return;
    const { pattern, current, last } = pagination;
    this.#file
      .sql('INSERT INTO page_board (place, pattern, first, step, page, last) VALUES (?, ?, ?, ?, ?, ?)')
      .run(place, pattern.url, pattern.first, pattern.step, current, last ?? current);
  }
}
