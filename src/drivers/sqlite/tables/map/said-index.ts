import { foldText } from '../../../../core/map/fold-text.ts';
import type { ParsedPage } from '../../../../ports/parse-pool.ts';
import type { SqliteFile } from '../../sqlite-file.ts';
import { type Row, text, textOrNull } from '../rows.ts';

/**
 * The words of blocks, under the block's number, and of titles and descriptions, under the page's number negated; with
 * those of summaries that say it in words of their own.
 */
export class SaidIndex {
  readonly #file: SqliteFile;

  constructor(file: SqliteFile) {
    this.#file = file;
  }

  writeBlock(block: number, words: string): void {
    if (words !== '') this.#write(block, words);
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
  writePage(place: number, { title, description }: ParsedPage, again: boolean): void {
    if (again) this.forgetPage(place);
    this.#write(-place, `${title}\n${description ?? ''}`);
  }

  forgetPage(place: number): void {
    this.#file.sql('DELETE FROM said_index WHERE rowid = ?').run(-place);
  }

  #replace(rowid: number, words: string): void {
    this.#file.sql('DELETE FROM said_index WHERE rowid = ?').run(rowid);
    this.#write(rowid, words);
  }

  #write(rowid: number, words: string): void {
    this.#file.sql('INSERT INTO said_index (rowid, words) VALUES (?, ?)').run(rowid, foldText(words));
  }
}
