import { Candidates, type FoundName } from '../../../../core/map/candidates.ts';
import { indexQueries } from '../../../../core/map/index-query.ts';
import type { LookUp, LookUpQuery, Question } from '../../../../ports/graph-store.ts';
import { NAME } from '../../schema.ts';
import type { SqliteFile } from '../../sqlite-file.ts';
import { int, intOrNull, type Row, text } from '../rows.ts';
import { FTS5 } from './fts5-dialect.ts';
import { SqliteMapFacts } from './map-facts.ts';
import { Vocabulary } from './vocabulary.ts';

const MOST_NAMES = 100;
const MOST_TEXTS = 40;
/** Once a stricter query has found as many, a laxer one is not asked. */
const ENOUGH = 30;
/** Sections with the same text that are looked through for one of the site. */
const MOST_SHOWING = 50;
const EVERY_SITE = -1;
/** Of titles, headings and texts of links: a thing's own name tells more than what others call it. */
const NAME_WEIGHTS = 'bm25(10, 6, 3)';

/** A name is alive if what says it still stands on some page, and the page still stands under its own URL. */
const NAME_ROWS = `CROSS JOIN place p ON p.k = n.place CROSS JOIN page g ON g.place = coalesce(p.alias_of, p.k)
  WHERE g.gone_since IS NULL
    AND (?2 = ${EVERY_SITE} OR EXISTS (SELECT 1 FROM site_page sp WHERE sp.place = g.place AND sp.site = ?2))
    AND (n.kind = ${NAME.link} OR p.alias_of IS NULL)
    AND (n.block IS NULL OR EXISTS (SELECT 1 FROM section s WHERE s.block = n.block))`;
const NAME_COLUMNS = 'g.place, n.kind, n.fragment, n.ord, n.text';

/** Finds what a question may mean in names, texts and descriptions. */
export class LookUps {
  readonly #file: SqliteFile;
  readonly #vocabulary: Vocabulary;

  constructor(file: SqliteFile) {
    this.#file = file;
    this.#vocabulary = new Vocabulary(file);
  }

  find({ question, site }: LookUpQuery): LookUp {
    const words = question.words.map((word) => this.#vocabulary.find(word));
    const scope = site === null ? EVERY_SITE : this.#site(site);
    const found = new Candidates(new SqliteMapFacts(this.#file), words);
    const queries = indexQueries(question, words, FTS5);
    for (const query of queries.names) {
      if (found.size >= ENOUGH) break;
      this.#findNames(query, scope, found);
    }
    if (found.size === 0) this.#findShortNames(question, scope, found);
    this.#findTexts(queries.said, scope, found);
    return { documents: this.#documents(), words, candidates: found.read() };
  }

  #site(url: string): number {
    const row = this.#file.sql('SELECT k FROM site WHERE url = ?').get(url) as Row | undefined;
    return row === undefined ? 0 : int(row, 'k');
  }

  #documents(): number {
    const row = this.#file
      .sql('SELECT (SELECT count(*) FROM block) + (SELECT count(*) FROM page) AS documents')
      .get() as Row;
    return int(row, 'documents');
  }

  #findNames(query: string, site: number, found: Candidates<number>): void {
    const rows = this.#file
      .sql(`SELECT ${NAME_COLUMNS} FROM (SELECT rowid FROM name_index WHERE name_index MATCH ?1 AND rank MATCH '${NAME_WEIGHTS}' ORDER BY rank) i
        CROSS JOIN name n ON n.k = i.rowid ${NAME_ROWS} LIMIT ?3`)
      .all(query, site, MOST_NAMES) as Row[];
    this.#addNames(rows, found);
  }

  /** Words of one or two letters are in no trigram: all names are read. */
  #findShortNames({ text: typed }: Question, site: number, found: Candidates<number>): void {
    const pattern = `%${typed.normalize('NFC').replace(/[\\%_]/g, '\\$&')}%`;
    const rows = this.#file
      .sql(
        `SELECT ${NAME_COLUMNS} FROM name n ${NAME_ROWS} AND n.text LIKE ?1 ESCAPE '\\' ORDER BY length(n.text) LIMIT ?3`,
      )
      .all(pattern, site, MOST_NAMES) as Row[];
    this.#addNames(rows, found);
  }

  #addNames(rows: readonly Row[], found: Candidates<number>): void {
    for (const row of rows) found.addName(foundName(row));
  }

  #findTexts(queries: readonly string[], site: number, found: Candidates<number>): void {
    let texts = 0;
    for (const query of queries) {
      if (texts >= ENOUGH) return;
      const rows = this.#file
        .sql(`SELECT i.k FROM (SELECT rowid AS k, rank FROM said_index WHERE said_index MATCH ?1 ORDER BY rank) i
          WHERE ?2 = ${EVERY_SITE} OR EXISTS (SELECT 1 FROM site_page sp WHERE sp.place = -i.k AND sp.site = ?2)
            OR EXISTS (SELECT 1 FROM section s CROSS JOIN site_page sp ON sp.place = s.place AND sp.site = ?2
              WHERE s.block = i.k) LIMIT ?3`)
        .all(query, site, MOST_TEXTS) as Row[];
      texts += rows.length;
      for (const row of rows) this.#addText(int(row, 'k'), site, found);
    }
  }

  /** What is said by a block, or in the title and description of a page. */
  #addText(k: number, site: number, found: Candidates<number>): void {
    if (k < 0) {
      found.addPage(-k);
      return;
    }
    const row = this.#file
      .sql(`SELECT s.place, s.ord FROM (SELECT place, ord FROM section WHERE block = ?1 LIMIT ${MOST_SHOWING}) s
        CROSS JOIN page g ON g.place = s.place
        WHERE ?2 = ${EVERY_SITE} OR EXISTS (SELECT 1 FROM site_page sp WHERE sp.place = g.place AND sp.site = ?2)
        ORDER BY g.depth, s.place LIMIT 1`)
      .get(k, site) as Row | undefined;
    if (row !== undefined) found.addSection(int(row, 'place'), int(row, 'ord'), k);
  }
}

function foundName(row: Row): FoundName<number> {
  const named = { page: int(row, 'place'), fragment: text(row, 'fragment'), text: text(row, 'text') };
  switch (int(row, 'kind')) {
    case NAME.title:
      return { kind: 'title', page: named.page };
    case NAME.link:
      return { kind: 'link', ...named };
    default:
      return { kind: 'heading', ...named, order: intOrNull(row, 'ord') ?? 0 };
  }
}
