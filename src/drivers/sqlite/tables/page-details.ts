import type { StoredLink } from '../../../model/link.ts';
import type { PageDetail } from '../../../model/page.ts';
import type { StoredSection } from '../../../model/section.ts';
import { PastSections } from '../map/past-sections.ts';
import { OWN_PAGE } from '../schema.ts';
import type { SqliteFile } from '../sqlite-file.ts';
import { pageRow, sectionRow } from './page-rows.ts';
import { int, intOrNull, type Row, text } from './rows.ts';

/** Longer texts are not stored. */
const WHOLE = 2_147_483_647;

/** Reads a page with all its sections and links. */
export class PageDetails {
  readonly #file: SqliteFile;
  readonly #past: PastSections;

  constructor(file: SqliteFile) {
    this.#file = file;
    this.#past = new PastSections(file);
  }

  /** @param row the page's row and its URL. */
  read(row: Row): PageDetail {
    const place = int(row, 'place');
    const isRemoved = intOrNull(row, 'gone_since') !== null;
    const sectionRows = isRemoved ? this.#past.readLast(place, WHOLE) : this.#sections(place);
    return { ...pageRow(row), sectionRows, linkRows: this.#links(place) };
  }

  #sections(place: number): readonly StoredSection[] {
    const rows = this.#file
      .sql(`SELECT s.*, p.fetched_at AS last_seen, b.text, b.summary FROM section s JOIN block b ON b.k = s.block
        JOIN page p ON p.place = s.place WHERE s.place = ? ORDER BY s.ord`)
      .all(place) as Row[];
    return rows.map(sectionRow);
  }

  #links(place: number): readonly StoredLink[] {
    const rows = this.#file
      .sql(`SELECT coalesce(t.url, u.url) AS url, l.fragment, l.text, l.role, s.ord FROM section s
        JOIN block_link l ON l.block = s.block JOIN place u ON u.k = CASE l.target WHEN ${OWN_PAGE} THEN s.place ELSE l.target END
        LEFT JOIN place t ON t.k = u.alias_of WHERE s.place = ? ORDER BY s.ord, l.ord`)
      .all(place) as Row[];
    return rows.map((row) => ({
      url: text(row, 'url'),
      fragment: text(row, 'fragment'),
      text: text(row, 'text'),
      role: text(row, 'role'),
      section: int(row, 'ord'),
    }));
  }
}
