import { Candidates, type FoundName, MAX_NAMES, MAX_TEXTS } from '../../../../core/map/candidates.ts';
import { indexQueries, MAX_MATCHED } from '../../../../core/map/index-query.ts';
import type { Matches, MatchQuery, Question } from '../../../../model/question.ts';
import { NAME } from '../../schema.ts';
import type { SqliteFile } from '../../sqlite-file.ts';
import { int, intOrNull, type Row, text } from '../rows.ts';
import { fts5Dialect, MAX_NAMED, TRIGRAM } from './fts5-dialect.ts';
import { SqliteMapFacts } from './map-facts.ts';
import { Vocabulary } from './vocabulary.ts';

/** Sections with the same text that are looked through for one of the site. */
const MAX_SHOWING = 50;
const EVERY_SITE = -1;

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
  readonly #dialect = fts5Dialect((beginning) => this.#vocabulary.wordsWith(beginning, MAX_NAMED + 1));

  constructor(file: SqliteFile) {
    this.#file = file;
    this.#vocabulary = new Vocabulary(file);
  }

  find({ question, site }: MatchQuery): Matches {
    const words = question.words.map((word) => this.#vocabulary.find(word));
    const scope = site === null ? EVERY_SITE : this.#site(site);
    const found = new Candidates(new SqliteMapFacts(this.#file), words);
    const queries = indexQueries(question, words, this.#dialect);
    if (question.phrase.length < TRIGRAM) this.#findShortNames(question, scope, found);
    else this.#findNames(queries.names, scope, found);
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

  #findNames(queries: readonly string[], site: number, found: Candidates<number>): void {
    const rows = new Map<number, Row>();
    for (const query of queries) {
      if (rows.size >= MAX_NAMES) break;
      const matching = this.#file
        .sql(`SELECT n.k, ${NAME_COLUMNS} FROM (SELECT m.k FROM name_index i CROSS JOIN name m ON m.k = i.rowid
          WHERE name_index MATCH ?1 ORDER BY m.rank LIMIT ${MAX_MATCHED}) i CROSS JOIN name n ON n.k = i.k ${NAME_ROWS} LIMIT ?3`)
        .all(query, site, MAX_NAMES) as Row[];
      for (const row of matching) if (rows.size < MAX_NAMES) rows.set(int(row, 'k'), row);
    }
    this.#addNames([...rows.values()], found);
  }

  /** Words of one or two letters are in no trigram: all names are read. */
  #findShortNames({ text: typed }: Question, site: number, found: Candidates<number>): void {
    const pattern = `%${typed.normalize('NFC').replace(/[\\%_]/g, '\\$&')}%`;
    const rows = this.#file
      .sql(
        `SELECT ${NAME_COLUMNS} FROM name n ${NAME_ROWS} AND n.text LIKE ?1 ESCAPE '\\' ORDER BY n.rank LIMIT ?3`,
      )
      .all(pattern, site, MAX_NAMES) as Row[];
    this.#addNames(rows, found);
  }

  #addNames(rows: readonly Row[], found: Candidates<number>): void {
    for (const row of rows) found.addName(foundName(row));
  }

  #findTexts(queries: readonly string[], site: number, found: Candidates<number>): void {
    const texts = new Set<number>();
    for (const query of queries) {
      if (texts.size >= MAX_TEXTS) break;
      const rows = this.#file
        .sql(`SELECT i.k FROM (SELECT r.k FROM said_index i CROSS JOIN said_rank r ON r.k = i.rowid
            WHERE said_index MATCH ?1 ORDER BY r.rank LIMIT ${MAX_MATCHED}) i
          WHERE ?2 = ${EVERY_SITE} OR EXISTS (SELECT 1 FROM site_page sp WHERE sp.place = -i.k AND sp.site = ?2)
            OR EXISTS (SELECT 1 FROM section s CROSS JOIN site_page sp ON sp.place = s.place AND sp.site = ?2
              WHERE s.block = i.k) LIMIT ?3`)
        .all(query, site, MAX_TEXTS) as Row[];
      for (const row of rows) if (texts.size < MAX_TEXTS) texts.add(int(row, 'k'));
    }
    for (const text of texts) this.#addText(text, site, found);
  }

  /** What is said by a block, or in the title and description of a page. */
  #addText(k: number, site: number, found: Candidates<number>): void {
    if (k < 0) {
      found.addPage(-k);
      return;
    }
    const row = this.#file
      .sql(`SELECT s.place, s.ord FROM (SELECT place, ord FROM section WHERE block = ?1 LIMIT ${MAX_SHOWING}) s
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
