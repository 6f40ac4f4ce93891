import { foldText } from '../../../../core/map/fold-text.ts';
import type { ParsedPage } from '../../../../ports/parse-pool.ts';
import type { SqliteFile } from '../../sqlite-file.ts';

/** The words of blocks, under the block's number, and of titles and descriptions, under the page's number negated. */
export class SaidIndex {
  readonly #file: SqliteFile;

  constructor(file: SqliteFile) {
    this.#file = file;
  }

  writeBlock(block: number, text: string): void {
    if (text !== '') this.#write(block, text);
  }

  /** @param again the page had words before. */
  writePage(place: number, { title, description }: ParsedPage, again: boolean): void {
    if (again) this.forgetPage(place);
    this.#write(-place, `${title}\n${description ?? ''}`);
  }

  forgetPage(place: number): void {
    this.#file.sql('DELETE FROM said_index WHERE rowid = ?').run(-place);
  }

  #write(rowid: number, text: string): void {
    this.#file.sql('INSERT INTO said_index (rowid, words) VALUES (?, ?)').run(rowid, foldText(text));
  }
}
