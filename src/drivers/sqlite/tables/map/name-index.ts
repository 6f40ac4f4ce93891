import { ownHeadings } from '../../../../core/map/own-headings.ts';
import { wordsOf } from '../../../../core/map/words-of.ts';
import type { ParsedLink, ParsedPage } from '../../../../ports/parse-pool.ts';
import { NAME } from '../../schema.ts';
import type { SqliteFile } from '../../sqlite-file.ts';
import { int, type Row } from '../rows.ts';

/** Characters of a name that are kept. */
const NAME_LENGTH = 200;

type NameKind = (typeof NAME)[keyof typeof NAME];

const INSERTS: Readonly<Record<NameKind, string>> = {
  [NAME.title]: 'INSERT INTO name_index (rowid, title) VALUES (?, ?)',
  [NAME.heading]: 'INSERT INTO name_index (rowid, heading) VALUES (?, ?)',
  [NAME.link]: 'INSERT INTO name_index (rowid, link) VALUES (?, ?)',
};

interface Name {
  readonly place: number;
  readonly kind: NameKind;
  readonly fragment: string;
  readonly text: string;
  /** Order of the section that has it; null for a page and for what links say. */
  readonly ord: number | null;
  /** The newest block that says it; null for titles and headings. */
  readonly block: number | null;
}

/** What pages and places on them are called: titles, headings and the texts of links, found by any part of a word. */
export class NameIndex {
  readonly #file: SqliteFile;

  constructor(file: SqliteFile) {
    this.#file = file;
  }

  /** @param again the page had names before. */
  writePage(place: number, url: string, page: ParsedPage, again: boolean): void {
    const { title, headings, sections } = page;
    if (again) this.forgetPage(place);
    const ownName = { place, kind: NAME.title, fragment: '', ord: null, block: null };
    this.#write({ ...ownName, text: title });
    const main = headings.find(({ level }) => level === 1);
    if (main !== undefined) this.#write({ ...ownName, text: main.text });
    const heading = { place, kind: NAME.heading, block: null };
    for (const { text, anchor, section } of ownHeadings(url, page))
      this.#write({ ...heading, fragment: anchor ?? '', text, ord: section });
    for (const { label, heading: own, anchor, order } of sections)
      if (label !== null && label !== own)
        this.#write({ ...heading, fragment: anchor ?? '', text: label, ord: order });
  }

  writeLink(block: number, place: number, { fragment, text }: ParsedLink): void {
    this.#write({ place, kind: NAME.link, fragment, text, ord: null, block });
  }

  #write({ place, kind, fragment, text, ord, block }: Name): void {
    const kept = text.slice(0, NAME_LENGTH);
    const folded = wordsOf(kept).join(' ');
    if (folded === '') return;
    const known = this.#file
      .sql('SELECT k FROM name WHERE place = ? AND kind = ? AND fragment = ? AND text = ?')
      .get(place, kind, fragment, kept) as Row | undefined;
    if (known !== undefined) {
      if (block !== null) this.#file.sql('UPDATE name SET block = ? WHERE k = ?').run(block, int(known, 'k'));
      return;
    }
    const { lastInsertRowid } = this.#file
      .sql('INSERT INTO name (place, kind, fragment, text, ord, block) VALUES (?, ?, ?, ?, ?, ?)')
      .run(place, kind, fragment, kept, ord, block);
    this.#file.sql(INSERTS[kind]).run(lastInsertRowid, folded);
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
