import { urlTemplate } from '../../../core/groups/url-template.ts';
import { listPositionOf } from '../../../core/pagination/paginated-list.ts';
import type { PageWrite } from '../../../model/page.ts';
import type { ListPosition } from '../../../model/paginated-list.ts';
import type { SqliteFile } from '../sqlite-file.ts';

/** Notes what a page looks like and where it stands in a board: what boards and groups are worked out from. */
export class LayoutWriter {
  readonly #file: SqliteFile;

  constructor(file: SqliteFile) {
    this.#file = file;
  }

  write(place: number, page: PageWrite): void {
    this.#file
      .sql(`INSERT INTO page_layout (place, template, fingerprint) VALUES (?, ?, ?)
        ON CONFLICT (place) DO UPDATE SET template = excluded.template, fingerprint = excluded.fingerprint`)
      .run(place, urlTemplate(page.url), page.parsed.fingerprint);
    this.#writeBoard(place, listPositionOf(page));
  }

  #writeBoard(place: number, board: ListPosition | null): void {
    this.#file.sql('DELETE FROM page_board WHERE place = ?').run(place);
    if (board === null) return;
    const { pattern, page, last } = board;
    this.#file
      .sql('INSERT INTO page_board (place, pattern, first, step, page, last) VALUES (?, ?, ?, ?, ?, ?)')
      .run(place, pattern.url, pattern.first, pattern.step, page, last ?? page);
  }
}
