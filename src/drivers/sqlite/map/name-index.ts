import { nameRank } from '../../../core/map/index-rank.ts';
import { linkName, type Name, type NameKind, nameText, pageNames } from '../../../core/map/names.ts';
import type { ParsedLink, ParsedPage } from '../../../model/parsed-page.ts';
import { NAME } from '../schema.ts';
import type { SqliteFile } from '../sqlite-file.ts';
import { int, type Row } from '../tables/rows.ts';

/** What pages and places on them are called: titles, headings and the texts of links, found by any part of a word. */
export class NameIndex {
  readonly #file: SqliteFile;

  constructor(file: SqliteFile) {
    this.#file = file;
  }

  /** @param again the page had names before. */
  writePage(place: number, url: string, page: ParsedPage, again: boolean): void {
    if (again) this.forgetPage(place);
    for (const name of pageNames(url, page)) {
      const { kind, fragment, text } = name;
      if (this.#find(place, kind, fragment, text) === null) this.#add(place, name, null);
    }
  }

  /** @param block what says it. */
  writeLink(block: number, place: number, link: ParsedLink): void {
    const known = this.#find(place, 'link', link.fragment, nameText(link.text));
    if (known !== null) {
      this.#file.sql('UPDATE name SET block = ? WHERE k = ?').run(block, known);
      return;
    }
    const name = linkName(link);
    if (name !== null) this.#add(place, name, block);
  }

  #find(place: number, kind: NameKind, fragment: string, text: string): number | null {
    const row = this.#file
      .sql('SELECT k FROM name WHERE place = ? AND kind = ? AND fragment = ? AND text = ?')
      .get(place, NAME[kind], fragment, text) as Row | undefined;
    return row === undefined ? null : int(row, 'k');
  }

  /** @param block the newest one that says it; null for titles and headings. */
  #add(place: number, name: Name, block: number | null): void {
    const { kind, fragment, text, folded, order } = name;
    const { lastInsertRowid } = this.#file
      .sql('INSERT INTO name (rank, place, kind, fragment, text, ord, block) VALUES (?, ?, ?, ?, ?, ?, ?)')
      .run(nameRank(name), place, NAME[kind], fragment, text, order, block);
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
