import { readNumbersCursor } from '../../../core/number-cursor.ts';
import { isBoilerplate, pageText } from '../../../core/summaries/summary-source.ts';
import type {
  Subject,
  SubjectList,
  SubjectQuery,
  SummaryBatch,
  SummaryCoverage,
  SummarySpending,
  SummaryWrite,
} from '../../../model/summary.ts';
import type { SqliteFile } from '../sqlite-file.ts';
import { CrawlRow } from '../tables/crawl-row.ts';
import { int, type Row, text, textOrNull } from '../tables/rows.ts';
import { SaidIndex } from './text-index.ts';

/** Pages that one list of sections looks through: bounds the time of a call where nothing is left to do. */
const PAGES_AT_ONCE = 100;
/** Sections that a page is summarised from. */
const PAGE_PARTS = 40;
const PART_CHARACTERS = 300;
/** Pages that a group or a site is summarised from, the ones near its root. */
const PAGES_SUMMED_UP = 40;
/** Stands after every section of a page. */
const LAST = 0x7fffffff;

/** Summaries of what is in the graph: which are missing, those that are there, and what was spent on them. */
export class SummaryTable {
  readonly #file: SqliteFile;
  readonly #said: SaidIndex;

  constructor(file: SqliteFile) {
    this.#file = file;
    this.#said = new SaidIndex(file);
  }

  subjects(crawlId: string, query: SubjectQuery): SubjectList {
    const crawl = CrawlRow.find(this.#file, crawlId)?.k ?? -1;
    switch (query.level) {
      case 'section':
        return this.#sections(crawl, query);
      case 'page':
        return this.#pages(crawl, query);
      case 'group':
        return this.#groups(crawl, query);
      case 'site':
        return this.#site(crawl, query);
    }
  }

  cachedSummaries(keys: readonly string[]): ReadonlyMap<string, string> {
    const read = this.#file.sql('SELECT text FROM summary WHERE key = ?');
    const found = new Map<string, string>();
    for (const key of keys) {
      const row = read.get(key) as Row | undefined;
      if (row !== undefined) found.set(key, text(row, 'text'));
    }
    return found;
  }

  saveSummaries(crawlId: string, { variant, writes, spending }: SummaryBatch): void {
    this.#file.transaction(() => {
      for (const write of writes) this.#save(variant, write);
      const { made, calls, tokens } = spending;
      this.#file
        .sql(`INSERT INTO crawl_summaries (crawl, made, calls, tokens) SELECT k, ?, ?, ? FROM crawl WHERE id = ?
          ON CONFLICT (crawl) DO UPDATE SET made = made + excluded.made, calls = calls + excluded.calls,
            tokens = tokens + excluded.tokens`)
        .run(made, calls, tokens, crawlId);
    });
  }

  summarySpending(crawlId: string): SummarySpending {
    const row = this.#file
      .sql(
        'SELECT s.made, s.calls, s.tokens FROM crawl_summaries s JOIN crawl c ON c.k = s.crawl WHERE c.id = ?',
      )
      .get(crawlId) as Row | undefined;
    if (row === undefined) return { made: 0, calls: 0, tokens: 0 };
    return { made: int(row, 'made'), calls: int(row, 'calls'), tokens: int(row, 'tokens') };
  }

  summaryCoverage(crawlId: string, variant: string): SummaryCoverage {
    const crawl = CrawlRow.find(this.#file, crawlId)?.k ?? -1;
    const pages = this.#file
      .sql(`SELECT count(*) AS found, coalesce(sum(p.summary_variant IS ?2), 0) AS summarised
        FROM crawl_page c JOIN page p ON p.place = c.place WHERE c.crawl = ?1`)
      .get(crawl, variant) as Row;
    const sections = this.#file
      .sql(`SELECT count(*) AS found, coalesce(sum(b.summary_variant IS ?2), 0) AS summarised FROM block b
        WHERE b.text <> '' AND b.k IN (SELECT s.block FROM crawl_page c JOIN section s ON s.place = c.place WHERE c.crawl = ?1)`)
      .get(crawl, variant) as Row;
    const sites = this.#file
      .sql(`SELECT count(*) AS found, coalesce(sum(s.summary_variant IS ?2), 0) AS summarised
        FROM crawl c JOIN site s ON s.k = c.site WHERE c.k = ?1 AND ?3 > 0`)
      .get(crawl, variant, int(pages, 'found')) as Row;
    const groups = this.#file
      .sql(`SELECT count(*) AS found, coalesce(sum(g.summary_variant IS ?2), 0) AS summarised
        FROM crawl c JOIN layout_group g ON g.site = c.site WHERE c.k = ?1`)
      .get(crawl, variant) as Row;
    const levels = [pages, sections, groups, sites];
    const sum = (column: string) => levels.reduce((total, level) => total + int(level, column), 0);
    const summarised = sum('summarised');
    return { summarised, missing: sum('found') - summarised };
  }

  #save(variant: string, { level, id, text: summary, key }: SummaryWrite): void {
    const k = Number(id);
    if (key !== null && summary !== null) {
      this.#file
        .sql('INSERT INTO summary (key, text) VALUES (?, ?) ON CONFLICT DO NOTHING')
        .run(key, summary);
      if (level === 'section') this.#said.addBlockSummary(k, summary);
      if (level === 'page') this.#said.addPageSummary(k, summary);
    }
    if (level === 'section')
      this.#file
        .sql('UPDATE block SET summary = ?, summary_variant = ? WHERE k = ?')
        .run(summary, variant, k);
    if (level === 'page')
      this.#file
        .sql('UPDATE page SET summary = ?, summary_variant = ? WHERE place = ?')
        .run(summary, variant, k);
    if (level === 'group')
      this.#file
        .sql('UPDATE layout_group SET summary = ?, summary_variant = ? WHERE id = ?')
        .run(summary, variant, id);
    if (level === 'site')
      this.#file.sql('UPDATE site SET summary = ?, summary_variant = ? WHERE k = ?').run(summary, variant, k);
  }

  /** Blocks of the pages in the order of their first storage; a block on several of these pages is listed once. */
  #sections(crawl: number, { variant, cursor, limit, characters }: SubjectQuery): SubjectList {
    const [page = 0, order = LAST] = readNumbersCursor(cursor, 2);
    const lastPage = this.#pageAfter(crawl, page, PAGES_AT_ONCE);
    const rows = this.#file
      .sql(`SELECT c.n, s.ord, s.path, s.heading, s.label, p.language, b.k, substr(b.text, 1, ?5) AS text
        FROM crawl_page c JOIN page p ON p.place = c.place JOIN section s ON s.place = c.place
        JOIN block b ON b.k = s.block
        WHERE c.crawl = ?1 AND c.n >= ?2 AND c.n <= ?3 AND (c.n > ?2 OR s.ord > ?4)
          AND b.text <> '' AND b.summary_variant IS NOT ?6
        ORDER BY c.n, s.ord LIMIT ?7`)
      .all(crawl, page, lastPage, order, characters, variant, limit) as Row[];
    const last = rows.at(-1);
    const cut = rows.length === limit && last !== undefined;
    return {
      subjects: [...new Map(rows.map((row) => [int(row, 'k'), sectionSubject(row)])).values()],
      cursor: cut ? `${int(last, 'n')}.${int(last, 'ord')}` : `${lastPage}.${LAST}`,
      done: !cut && this.#pageAfter(crawl, lastPage, 1) === lastPage,
    };
  }

  /** Number of the page so many further on, or of the crawl's last one. */
  #pageAfter(crawl: number, n: number, count: number): number {
    const row = this.#file
      .sql('SELECT max(n) AS n FROM (SELECT n FROM crawl_page WHERE crawl = ? AND n > ? ORDER BY n LIMIT ?)')
      .get(crawl, n, count) as Row;
    return row['n'] === null ? n : int(row, 'n');
  }

  #pages(crawl: number, { variant, cursor, limit, characters }: SubjectQuery): SubjectList {
    const [after = 0] = readNumbersCursor(cursor, 2);
    const rows = this.#file
      .sql(`SELECT c.n, p.place, p.title, p.description, p.language FROM crawl_page c JOIN page p ON p.place = c.place
        WHERE c.crawl = ? AND c.n > ? AND p.summary_variant IS NOT ? ORDER BY c.n LIMIT ?`)
      .all(crawl, after, variant, limit) as Row[];
    const last = rows.at(-1);
    return {
      subjects: rows.map((row) => this.#pageSubject(row, characters)),
      cursor: `${last === undefined ? after : int(last, 'n')}.${LAST}`,
      done: rows.length < limit,
    };
  }

  #pageSubject(row: Row, characters: number): Subject {
    const place = int(row, 'place');
    const sections = this.#file
      .sql(`SELECT s.path, s.heading, coalesce(b.summary, substr(b.text, 1, ${PART_CHARACTERS})) AS said
        FROM section s JOIN block b ON b.k = s.block WHERE s.place = ? AND b.text <> '' ORDER BY s.ord LIMIT ${PAGE_PARTS * 5}`)
      .all(place) as Row[];
    const parts = sections
      .filter((section) => !isBoilerplate(text(section, 'path')))
      .slice(0, PAGE_PARTS)
      .map((section) => ({ heading: textOrNull(section, 'heading'), text: text(section, 'said') }));
    return {
      id: String(place),
      level: 'page',
      title: text(row, 'title'),
      language: textOrNull(row, 'language'),
      text: pageText(textOrNull(row, 'description'), parts, characters),
      boilerplate: false,
    };
  }

  #groups(crawl: number, { cursor, limit, characters }: SubjectQuery): SubjectList {
    const rows = this.#file
      .sql(`SELECT g.k, g.id, g.site, g.name FROM crawl c JOIN layout_group g ON g.site = c.site
        WHERE c.k = ? AND g.id > ? ORDER BY g.id LIMIT ?`)
      .all(crawl, cursor ?? '', limit) as Row[];
    return {
      subjects: rows.map((row) => this.#groupSubject(row, characters)),
      cursor: rows.length === 0 ? (cursor ?? '') : text(rows.at(-1) as Row, 'id'),
      done: rows.length < limit,
    };
  }

  #groupSubject(group: Row, characters: number): Subject {
    const rows = this.#file
      .sql(`SELECT p.title, p.language, coalesce(p.summary, p.description, '') AS said FROM group_layout gl
        JOIN page_layout l ON l.template = gl.template AND l.fingerprint = gl.fingerprint
        JOIN site_page sp ON sp.site = ? AND sp.place = l.place JOIN page p ON p.place = l.place
        WHERE gl.grp = ? AND p.gone_since IS NULL ORDER BY sp.depth, sp.place LIMIT ${PAGES_SUMMED_UP}`)
      .all(int(group, 'site'), int(group, 'k')) as Row[];
    return subjectOf('group', text(group, 'id'), text(group, 'name'), rows, characters);
  }

  #site(crawl: number, { characters }: SubjectQuery): SubjectList {
    const rows = this.#file
      .sql(`SELECT s.k, p.title, p.language, coalesce(p.summary, p.description, '') AS said FROM crawl c JOIN site s ON s.k = c.site
        JOIN site_page sp ON sp.site = s.k JOIN page p ON p.place = sp.place
        WHERE c.k = ? AND p.gone_since IS NULL ORDER BY sp.depth, sp.place LIMIT ${PAGES_SUMMED_UP}`)
      .all(crawl) as Row[];
    const [root] = rows;
    if (root === undefined) return { subjects: [], cursor: '0.0', done: true };
    const subject = subjectOf('site', String(int(root, 'k')), text(root, 'title'), rows, characters);
    return { subjects: [subject], cursor: '0.0', done: true };
  }
}

/** What is summarised from pages. */
function subjectOf(
  level: 'group' | 'site',
  id: string,
  title: string,
  pages: readonly Row[],
  characters: number,
): Subject {
  const [first] = pages;
  const parts = pages.map((page) => ({ heading: text(page, 'title'), text: text(page, 'said') }));
  return {
    id,
    level,
    title,
    language: first === undefined ? null : textOrNull(first, 'language'),
    text: pageText(null, parts, characters),
    boilerplate: false,
  };
}

function sectionSubject(row: Row): Subject {
  return {
    id: String(int(row, 'k')),
    level: 'section',
    title: textOrNull(row, 'heading') ?? textOrNull(row, 'label') ?? '',
    language: textOrNull(row, 'language'),
    text: text(row, 'text'),
    boilerplate: isBoilerplate(text(row, 'path')),
  };
}
