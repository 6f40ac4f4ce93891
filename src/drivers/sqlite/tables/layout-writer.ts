import { boardPlaceOf } from '../../../core/boards/board-place.ts';
import { urlTemplate } from '../../../core/groups/url-template.ts';
import type { BoardPlace } from '../../../ports/board-store.ts';
import type { PageWrite } from '../../../ports/graph-store.ts';
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
    this.#writeBoard(place, boardPlaceOf(page));
  }

  #writeBoard(place: number, board: BoardPlace | null): void {
    this.#file.sql('DELETE FROM page_board WHERE place = ?').run(place);
    if (board === null) return;
    const { pattern, page, last } = board;
    this.#file
      .sql('INSERT INTO page_board (place, pattern, first, step, page, last) VALUES (?, ?, ?, ?, ?, ?)')
      .run(place, pattern.url, pattern.first, pattern.step, page, last ?? page);
  }
}
