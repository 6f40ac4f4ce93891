import { nameRank } from '../../../../core/map/index-rank.ts';
import { linkName, type Name, pageNames } from '../../../../core/map/names-of.ts';
import type { ParsedLink, ParsedPage } from '../../../../ports/parse-pool.ts';
import { NAME } from '../../schema.ts';
import type { SqliteFile } from '../../sqlite-file.ts';
import { int, type Row } from '../rows.ts';

/** What pages and places on them are called: titles, headings and the texts of links, found by any part of a word. */
export class NameIndex {
  readonly #file: SqliteFile;

  constructor(file: SqliteFile) {
    this.#file = file;
  }

  /** @param again the page had names before. */
  writePage(place: number, url: string, page: ParsedPage, again: boolean): void {
    if (again) this.forgetPage(place);
    for (const name of pageNames(url, page)) this.#write(place, name, null);
  }

  writeLink(block: number, place: number, link: ParsedLink): void {
    const name = linkName(link);
    if (name !== null) this.#write(place, name, block);
  }

  /** @param block the newest one that says it; null for titles and headings. */
  #write(place: number, name: Name, block: number | null): void {
    const { fragment, text, folded, order } = name;
    const kind = NAME[name.kind];
    const known = this.#file
      .sql('SELECT k FROM name WHERE place = ? AND kind = ? AND fragment = ? AND text = ?')
      .get(place, kind, fragment, text) as Row | undefined;
    if (known !== undefined) {
      if (block !== null) this.#file.sql('UPDATE name SET block = ? WHERE k = ?').run(block, int(known, 'k'));
      return;
    }
    const { lastInsertRowid } = this.#file
      .sql('INSERT INTO name (rank, place, kind, fragment, text, ord, block) VALUES (?, ?, ?, ?, ?, ?, ?)')
      .run(nameRank(name), place, kind, fragment, text, order, block);
    this.#file.sql('INSERT INTO name_index (rowid, name) VALUES (?, ?)').run(lastInsertRowid, folded);
  }

  /** What the page calls itself and its sections; what links call it stays. */
  forgetPage(place: number): void {
    const rows = this.#file
      .sql(`SELECT k FROM name WHERE place = ? AND kind IN (${NAME.title}, ${NAME.heading})`)
      .all(place) as Row[];
    for (const row of rows) {
      this.#file.sql('DELETE FROM name_index WHERE rowid = ?').run(int(row, 'k'));
      this.#file.sql('DELETE FROM name WHERE k = ?').run(int(row, 'k'));
    }
  }
}
