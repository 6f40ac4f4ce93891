import { mayBeMisspelt, nearlySpelt, wrongLetters } from '../../../../core/map/spelling.ts';
import type { AskedWord, KnownWord } from '../../../../model/question.ts';
import type { SqliteFile } from '../../sqlite-file.ts';
import { int, type Row, text } from '../rows.ts';

/** Words with one beginning that are counted. */
const MAX_FORMS = 50;
/** Words with one first letter that are compared with a misspelt one. */
const MAX_COMPARED = 50_000;
const AFTER_ALL = '\u{10ffff}';

/** The words that stand in the texts of the map. */
export class Vocabulary {
  readonly #file: SqliteFile;

  constructor(file: SqliteFile) {
    this.#file = file;
  }

  /** The forms in which the map has the word. One that no text has is taken for misspelt. */
  find(asked: AskedWord): KnownWord {
    const itself = { text: asked.text, stem: asked.stem, likeness: 1 };
    const documents = this.#documents(asked.stem);
    if (documents > 0 || !mayBeMisspelt(asked)) return { forms: [itself], documents };
    const near = nearlySpelt(asked.text, this.#alike(asked.text), (word) => this.#documentsWith(word));
    const known = near.reduce((sum, { text: word }) => sum + this.#documents(word), 0);
    return { forms: [itself, ...near], documents: known };
  }

  /** Words with this beginning, `most` of them at most. */
  wordsWith(beginning: string, most: number): readonly string[] {
    const rows = this.#file
      .sql('SELECT word FROM spelling WHERE word >= ? AND word < ? LIMIT ?')
      .all(beginning, beginning + AFTER_ALL, most) as Row[];
    return rows.map((row) => text(row, 'word'));
  }

  #documents(beginning: string): number {
    const row = this.#file
      .sql(
        'SELECT coalesce(sum(doc), 0) AS documents FROM (SELECT doc FROM said_word WHERE term >= ? AND term < ? LIMIT ?)',
      )
      .get(beginning, beginning + AFTER_ALL, MAX_FORMS) as Row;
    return int(row, 'documents');
  }

  #documentsWith(word: string): number {
    const row = this.#file.sql('SELECT doc FROM said_word WHERE term = ?').get(word) as Row | undefined;
    return row === undefined ? 0 : int(row, 'doc');
  }

  /** Words that begin with one of the first two letters: the first may be missing, or stand second. */
  *#alike(word: string): Generator<string> {
    const wrong = wrongLetters(word);
    for (const letter of new Set(word.slice(0, 2))) {
      const rows = this.#file
        .sql(
          'SELECT word FROM spelling WHERE word >= ? AND word < ? AND length(word) BETWEEN ? AND ? LIMIT ?',
        )
        .iterate(letter, letter + AFTER_ALL, word.length - wrong, word.length + wrong, MAX_COMPARED);
      for (const row of rows as Iterable<Row>) yield text(row, 'word');
    }
  }
}
