import { editDistance } from '../../../core/map/spelling.ts';
import type { SectionHead } from '../../../model/head.ts';
import type {
  BlockDetails,
  CountedWord,
  MatchedName,
  MatchedText,
  MatchPlace,
  NearWordQuery,
  PageDetails,
  PlacedSection,
  SearchIndex,
} from '../../../ports/search-index.ts';
import { NAME, OWN_PAGE } from '../schema.ts';
import type { SqliteFile } from '../sqlite-file.ts';
import { HEAD_COLUMNS } from './page-reader.ts';

/** Words of one beginning up to which a query names them. */
const MAX_NAMED = 10;
/** Words with one first letter that are compared with a misspelt one. */
const MAX_COMPARED = 50_000;
const AFTER_ALL = '\u{10ffff}';
const EVERY_SITE = -1;
const NO_SITE = 0;

const ON_SITE = (place: string) =>
  `(?2 = ${EVERY_SITE} OR EXISTS (SELECT 1 FROM site_page sp WHERE sp.place = ${place} AND sp.site = ?2))`;

/** A name `n` is in use if its block still stands on some page, and the page still stands under its own URL. */
const USED_NAMES = `CROSS JOIN place p ON p.k = n.place CROSS JOIN page g ON g.place = coalesce(p.alias_of, p.k)
  WHERE g.gone_since IS NULL AND ${ON_SITE('g.place')}
    AND (n.kind = ${NAME.link} OR p.alias_of IS NULL)
    AND (n.block IS NULL OR EXISTS (SELECT 1 FROM section s WHERE s.block = n.block))`;
const NAME_COLUMNS = `n.k, g.place AS page, n.fragment, n.ord, n.text,
  CASE n.kind WHEN ${NAME.title} THEN 'title' WHEN ${NAME.heading} THEN 'heading' ELSE 'link' END AS kind`;

/** Without the inner LIMIT, SQLite would leave out the order of the inner select. */
const NAMES = `SELECT ${NAME_COLUMNS} FROM (SELECT m.k FROM name_index i CROSS JOIN name m ON m.k = i.rowid
    WHERE name_index MATCH ?1 ORDER BY m.rank LIMIT ?4) i CROSS JOIN name n ON n.k = i.k ${USED_NAMES} LIMIT ?3`;
const TYPED_NAMES = `SELECT ${NAME_COLUMNS} FROM name n ${USED_NAMES} AND n.text LIKE ?1 ESCAPE '\\'
  ORDER BY n.rank LIMIT ?3`;

/** Blocks by their number, pages by theirs negated. */
const TEXTS = `SELECT i.k FROM (SELECT r.k FROM said_index i CROSS JOIN said_rank r ON r.k = i.rowid
    WHERE said_index MATCH ?1 ORDER BY r.rank LIMIT ?4) i
  WHERE ?2 = ${EVERY_SITE} OR EXISTS (SELECT 1 FROM site_page sp WHERE sp.place = -i.k AND sp.site = ?2)
    OR EXISTS (SELECT 1 FROM section s CROSS JOIN site_page sp ON sp.place = s.place AND sp.site = ?2
      WHERE s.block = i.k) LIMIT ?3`;
const SHOWING = `SELECT s.place AS page, s.ord FROM (
    SELECT s.place, s.ord FROM section s WHERE s.block = ?1 AND ${ON_SITE('s.place')} LIMIT ?3) s
  CROSS JOIN page g ON g.place = s.place ORDER BY g.depth, s.place, s.ord LIMIT 1`;

/** The section of page ?1 with order ?2 and those around it. */
const AROUND = `WITH RECURSIVE around (ord) AS (
    SELECT ?2 UNION ALL SELECT s.parent FROM around a CROSS JOIN section s ON s.place = ?1 AND s.ord = a.ord
      WHERE s.parent IS NOT NULL)
  SELECT ${HEAD_COLUMNS}, s.block, s.parent, s.heading IS NOT NULL AND EXISTS (SELECT 1 FROM block_link l
      WHERE l.block = s.block AND l.target > ${OWN_PAGE} AND l.text = s.heading) AS teaser
  FROM around a CROSS JOIN section s ON s.place = ?1 AND s.ord = a.ord`;

const PAGE = `SELECT p.place AS page, u.url, p.title, p.description, p.language, p.depth,
    coalesce(p.summary, '') AS summary,
    (SELECT count(*) FROM (SELECT 1 FROM block_link WHERE target = ?1 AND target > ${OWN_PAGE} LIMIT ?2)) AS linked
  FROM page p JOIN place u ON u.k = p.place WHERE p.place = ?1`;
const BLOCK = `SELECT k AS block, substr(text, 1, ?2) AS text, coalesce(summary, '') AS summary FROM block WHERE k = ?1`;

const TITLES = `SELECT text FROM name WHERE place = ? AND kind = ${NAME.title}`;
const ALL_TEXTS = 'SELECT (SELECT count(*) FROM block) + (SELECT count(*) FROM page) AS texts';
const COUNT = `SELECT coalesce(sum(doc), 0) AS documents FROM (
  SELECT doc FROM said_word WHERE term >= ? AND term < ? LIMIT ?)`;
const WORDS = 'SELECT word FROM spelling WHERE word >= ? AND word < ? LIMIT ?';
const WORDS_OF_LENGTH =
  'SELECT word FROM spelling WHERE word >= ? AND word < ? AND length(word) BETWEEN ? AND ? LIMIT ?';
/** The innermost section with an anchor. */
const ANCHORED = 'SELECT ord FROM section WHERE place = ? AND anchor = ? ORDER BY ord DESC LIMIT 1';

interface NameRow extends Pick<MatchedName, 'page' | 'kind' | 'fragment' | 'text'> {
  readonly k: number;
  readonly ord: number | null;
}

type SectionRow = SectionHead & Pick<PlacedSection, 'block' | 'parent'> & { readonly teaser: number };

/** The titles and main headings of a page: its own names. */
function titlesOf(file: SqliteFile, page: number): readonly string[] {
  const rows = file.rows<{ text: string }>(TITLES, page);
  return rows.map(({ text }) => text);
}

/** The full-text indexes in the SQLite file. */
export function sqliteSearchIndex(file: SqliteFile): SearchIndex {
  return {
    dialect: { name: quoted, text: (stem) => wordsWith(file, stem) },
    async wordCounts(beginnings, maxWords) {
      const count = (beginning: string) =>
        file.row<{ documents: number }>(COUNT, beginning, beginning + AFTER_ALL, maxWords)?.documents ?? 0;
      const documents = beginnings.map(count);
      return { texts: file.row<{ texts: number }>(ALL_TEXTS)?.texts ?? 0, documents };
    },
    async wordsNear(queries) {
      return queries.map((query) => [...wordsNear(file, query)]);
    },
    async matchNames({ queries, site, limit, maxSorted }) {
      const key = siteKey(file, site);
      const rows = firstRows(queries, limit, (query) =>
        file.rows<NameRow>(NAMES, query, key, limit, maxSorted),
      );
      return rows.map((row) => matchedName(file, row));
    },
    async matchTypedNames({ text, site, limit }) {
      const pattern = `%${text.replace(/[\\%_]/g, '\\$&')}%`;
      const rows = file.rows<NameRow>(TYPED_NAMES, pattern, siteKey(file, site), limit);
      return rows.map((row) => matchedName(file, row));
    },
    async matchTexts({ queries, site, limit, maxSorted, maxShowing }) {
      const key = siteKey(file, site);
      const rows = firstRows(queries, limit, (query) =>
        file.rows<{ k: number }>(TEXTS, query, key, limit, maxSorted),
      );
      return rows.flatMap(({ k }) => matchedText(file, k, key, maxShowing) ?? []);
    },
    async detailsOf({ pages, blocks, maxLinks, maxLength }) {
      return {
        pages: pages.flatMap((page) => file.row<PageDetails>(PAGE, page, maxLinks) ?? []),
        blocks: blocks.flatMap((block) => file.row<BlockDetails>(BLOCK, block, maxLength) ?? []),
      };
    },
  };
}

/** Words are quoted: to FTS5 they are text, whatever they contain. */
function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

/**
 * Names the words that have a beginning, unless they are many: for a word FTS5 reads its matches, for a beginning all
 * texts each time that the query mentions it.
 */
function wordsWith(file: SqliteFile, stem: string): string {
  const words = file.rows<{ word: string }>(WORDS, stem, stem + AFTER_ALL, MAX_NAMED + 1);
  if (words.length === 0 || words.length > MAX_NAMED) return `${quoted(stem)}*`;
  const named = words.map(({ word }) => quoted(word)).join(' OR ');
  return words.length === 1 ? named : `(${named})`;
}

/** FTS5 counts a word by reading all places where it stands, so only words that are near are counted. */
function* wordsNear(
  file: SqliteFile,
  { word, maxEdits, firstLetters }: NearWordQuery,
): Generator<CountedWord> {
  const [shortest, longest] = [word.length - maxEdits, word.length + maxEdits];
  for (const letter of firstLetters) {
    const args = [letter, letter + AFTER_ALL, shortest, longest, MAX_COMPARED];
    for (const near of file.rows<{ word: string }>(WORDS_OF_LENGTH, ...args)) {
      if (editDistance(word, near.word, maxEdits) > maxEdits) continue;
      const counted = file.row<{ doc: number }>('SELECT doc FROM said_word WHERE term = ?', near.word);
      if (counted !== undefined) yield { word: near.word, documents: counted.doc };
    }
  }
}

/** The first distinct rows that queries match, one query after the other. */
function firstRows<R extends { readonly k: number }>(
  queries: readonly string[],
  limit: number,
  rowsOf: (query: string) => readonly R[],
): readonly R[] {
  const rows = new Map<number, R>();
  for (const query of queries) {
    if (rows.size >= limit) break;
    for (const row of rowsOf(query)) if (rows.size < limit) rows.set(row.k, row);
  }
  return [...rows.values()];
}

function siteKey(file: SqliteFile, url: string | null): number {
  if (url === null) return EVERY_SITE;
  return file.row<{ k: number }>('SELECT k FROM site WHERE url = ?', url)?.k ?? NO_SITE;
}

function matchedName(file: SqliteFile, { page, kind, fragment, text, ord }: NameRow): MatchedName {
  const isPlace = kind === 'link' && fragment !== '';
  const section = isPlace ? (file.row<{ ord: number }>(ANCHORED, page, fragment)?.ord ?? null) : ord;
  return { ...placeOf(file, page, section), kind, fragment, text };
}

function matchedText(file: SqliteFile, k: number, site: number, maxShowing: number): MatchedText | null {
  if (k < 0) return { ...placeOf(file, -k, null), block: k };
  const row = file.row<{ page: number; ord: number }>(SHOWING, k, site, maxShowing);
  return row === undefined ? null : { ...placeOf(file, row.page, row.ord), block: k };
}

function placeOf(file: SqliteFile, page: number, section: number | null): MatchPlace {
  const rows = section === null ? [] : file.rows<SectionRow>(AROUND, page, section);
  const sections = rows.map(({ block, parent, teaser, ...head }) => ({
    ...{ head, block, parent },
    isTeaser: teaser === 1,
  }));
  return { page, titles: titlesOf(file, page), section, sections };
}
