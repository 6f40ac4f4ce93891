import { nameRank, textRank } from '../../../core/map/index-rank.ts';
import { linkName, type Name, type NameKind, nameText, pageNames } from '../../../core/map/names.ts';
import { vocabularyOf } from '../../../core/map/words.ts';
import type { ParsedLink, ParsedPage } from '../../../model/parsed-page.ts';
import { NAME } from '../schema.ts';
import { RowCache, type SqliteFile } from '../sqlite-file.ts';
import { int, type Row, text, textOrNull } from '../tables/rows.ts';

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
    const existing = this.#find(place, 'link', link.fragment, nameText(link.text));
    if (existing !== null) {
      this.#file.sql('UPDATE name SET block = ? WHERE k = ?').run(block, existing);
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

/** Words whose rows are cached: texts have few that others do not. */
const KEPT_WORDS = 100_000;

/**
 * The words of blocks, under the block's number, and of titles and descriptions, under the page's number negated; with
 * those of summaries that say it in words of their own.
 */
export class TextIndex {
  readonly #file: SqliteFile;
  readonly #listed: RowCache<true>;

  constructor(file: SqliteFile) {
    this.#file = file;
    this.#listed = new RowCache(file, KEPT_WORDS);
  }

  /** @param hash of what the section says. */
  writeBlock(block: number, words: string, hash: string): void {
    if (words === '') return;
    this.#write(block, words);
    this.#rank(block, textRank(words, hash));
  }

  addBlockSummary(block: number, summary: string): void {
    const row = this.#file.sql('SELECT text FROM block WHERE k = ?').get(block) as Row | undefined;
    if (row !== undefined) this.#replace(block, `${text(row, 'text')}\n${summary}`);
  }

  addPageSummary(place: number, summary: string): void {
    const row = this.#file
      .sql('SELECT title, description FROM page WHERE place = ? AND gone_since IS NULL')
      .get(place) as Row | undefined;
    if (row === undefined) return;
    this.#replace(-place, `${text(row, 'title')}\n${textOrNull(row, 'description') ?? ''}\n${summary}`);
  }

  /** @param again the page had words before. */
  writePage(place: number, url: string, { title, description }: ParsedPage, again: boolean): void {
    if (again) this.forgetPage(place);
    const words = `${title}\n${description ?? ''}`;
    this.#write(-place, words);
    this.#rank(-place, textRank(words, url));
  }

  forgetPage(place: number): void {
    this.#file.sql('DELETE FROM said_index WHERE rowid = ?').run(-place);
    this.#file.sql('DELETE FROM said_rank WHERE k = ?').run(-place);
  }

  #rank(k: number, rank: number): void {
    this.#file.sql('INSERT INTO said_rank (k, rank) VALUES (?, ?)').run(k, rank);
  }

  #replace(rowid: number, words: string): void {
    this.#file.sql('DELETE FROM said_index WHERE rowid = ?').run(rowid);
    this.#write(rowid, words);
  }

  #write(rowid: number, said: string): void {
    const words = vocabularyOf(said);
    this.#file.sql('INSERT INTO said_index (rowid, words) VALUES (?, ?)').run(rowid, words.join(' '));
    this.#list(words);
  }

  /** To list words, the full-text index would read all places where they stand. */
  #list(words: readonly string[]): void {
    const fresh = words.filter((word) => this.#listed.get(word) === undefined);
    if (fresh.length === 0) return;
    this.#file
      .sql('INSERT OR IGNORE INTO spelling SELECT value FROM json_each(?)')
      .run(JSON.stringify(fresh));
    for (const word of fresh) this.#listed.set(word, true);
  }
}
