import type { StoredSection } from '../../../model/section.ts';
import type { SqliteFile } from '../sqlite-file.ts';
import { sectionRow } from '../tables/page-rows.ts';
import type { Row } from '../tables/rows.ts';

/** Lost sections of a page that are kept, those seen last. */
const MAX_KEPT = 300;
/** What is read of a lost section; `?1` characters of its text. */
const COLUMNS = `s.id, s.ord, s.path, s.type, s.heading, s.anchor, s.label, s.created_at, s.last_seen,
  substr(b.text, 1, ?1) AS text, b.summary`;

/** Sections that pages have lost, by their structural path. */
export class PastSections {
  readonly #file: SqliteFile;

  constructor(file: SqliteFile) {
    this.#file = file;
  }

  /** Takes the sections off a page, as they were when it was last seen. */
  takeFrom(place: number): void {
    this.#file
      .sql(`INSERT OR REPLACE INTO past_section (place, path, ord, id, type, heading, anchor, label, block, created_at, last_seen)
        SELECT s.place, s.path, s.ord, s.id, s.type, s.heading, s.anchor, s.label, s.block, s.created_at, p.fetched_at
        FROM section s JOIN page p ON p.place = s.place WHERE s.place = ?`)
      .run(place);
    this.#file.sql('DELETE FROM section WHERE place = ?').run(place);
  }

  /** When the page first had a section at each path that it has had. */
  firstSeen(place: number): ReadonlyMap<string, number> {
    const rows = this.#file.sql('SELECT path, created_at FROM past_section WHERE place = ?').all(place) as {
      path: string;
      created_at: number;
    }[];
    return new Map(rows.map(({ path, created_at }) => [path, created_at]));
  }

  /** Forgets what the page has again, and of the rest what is past the bound. */
  settle(place: number): void {
    this.#file
      .sql(
        'DELETE FROM past_section WHERE place = ?1 AND path IN (SELECT path FROM section WHERE place = ?1)',
      )
      .run(place);
    this.#file
      .sql(`DELETE FROM past_section WHERE place = ?1 AND path IN
        (SELECT path FROM past_section WHERE place = ?1 ORDER BY last_seen DESC, ord LIMIT -1 OFFSET ${MAX_KEPT})`)
      .run(place);
  }

  /** In the order in which they stood. */
  read(place: number, preview: number): readonly StoredSection[] {
    const rows = this.#file
      .sql(`SELECT ${COLUMNS} FROM past_section s JOIN block b ON b.k = s.block WHERE s.place = ?2
        ORDER BY s.ord, s.path LIMIT ${MAX_KEPT}`)
      .all(preview, place) as Row[];
    return rows.map(sectionRow);
  }

  /** What a page that is gone showed when it was last seen. */
  readLast(place: number, preview: number): readonly StoredSection[] {
    const rows = this.#file
      .sql(`SELECT ${COLUMNS} FROM past_section s JOIN block b ON b.k = s.block JOIN page p ON p.place = s.place
        WHERE s.place = ?2 AND s.last_seen = p.fetched_at ORDER BY s.ord`)
      .all(preview, place) as Row[];
    return rows.map(sectionRow);
  }
}
