import { derivedId } from '../../../core/derived-id.ts';
import type { PageVersion, SectionVersion } from '../../../model/history.ts';
import type { SqliteFile } from '../sqlite-file.ts';
import { int, type Row, text, textOrNull } from '../tables/rows.ts';

/** What is kept of a section: path, type, heading, number of its block. */
type KeptSection = readonly [path: string, type: string, heading: string | null, block: number];

/**
 * The contents that pages have had, each once. What a page shows now is read from its sections; they are written down
 * here when they are about to be replaced.
 */
export class PageVersions {
  readonly #file: SqliteFile;

  constructor(file: SqliteFile) {
    this.#file = file;
  }

  /** The number of this content of the page, which it is given if it has none. */
  number(place: number, hash: string, title: string): number {
    const known = this.#file
      .sql('SELECT k FROM page_version WHERE place = ? AND hash = ?')
      .get(place, hash) as Row | undefined;
    if (known !== undefined) return int(known, 'k');
    const made = this.#file
      .sql('INSERT INTO page_version (place, hash, title) VALUES (?, ?, ?)')
      .run(place, hash, title);
    return Number(made.lastInsertRowid);
  }

  /** Writes down what the page shows, before that is replaced or taken away. */
  keep(place: number): void {
    this.#file
      .sql(
        'UPDATE page_version SET sections = ? WHERE k = (SELECT version FROM page WHERE place = ?) AND sections IS NULL',
      )
      .run(JSON.stringify(this.#shown(place)), place);
  }

  read(version: number): PageVersion {
    const row = this.#file
      .sql(
        'SELECT v.place, v.title, v.sections, u.url FROM page_version v JOIN place u ON u.k = v.place WHERE v.k = ?',
      )
      .get(version) as Row;
    const kept = textOrNull(row, 'sections');
    const sections =
      kept === null ? this.#shown(int(row, 'place')) : (JSON.parse(kept) as readonly KeptSection[]);
    const url = text(row, 'url');
    return { title: text(row, 'title'), sections: sections.map((section) => sectionVersion(url, section)) };
  }

  #shown(place: number): readonly KeptSection[] {
    const rows = this.#file
      .sql('SELECT path, type, heading, block FROM section WHERE place = ? ORDER BY ord')
      .all(place) as Row[];
    return rows.map((row) => [
      text(row, 'path'),
      text(row, 'type'),
      textOrNull(row, 'heading'),
      int(row, 'block'),
    ]);
  }
}

function sectionVersion(url: string, [path, type, heading, block]: KeptSection): SectionVersion {
  return { id: derivedId(`${url} ${path}`), path, type, heading, content: String(block) };
}
