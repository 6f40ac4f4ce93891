import type { SummarySpending } from '../../../model/summary.ts';
import type {
  Covered,
  PageSubjectRow,
  SectionSubjectRow,
  SummaryReader,
  SummedPageRow,
  SumRow,
} from '../../../ports/map-reader.ts';
import type { SqliteFile } from '../sqlite-file.ts';

const CRAWL = '(SELECT k FROM crawl WHERE id = ?1)';
const COVERED = 'count(*) AS found, coalesce(sum(summary_variant IS ?2), 0) AS summarised';
const SUMMED = `SELECT p.title, p.language, coalesce(p.summary, p.description, '') AS text`;

/** Reads what has a summary, what has none yet, and what it would be made from. */
export class SqliteSummaryReader implements SummaryReader {
  readonly #file: SqliteFile;

  constructor(file: SqliteFile) {
    this.#file = file;
  }

  async storedAfter(crawlId: string, at: number, count: number): Promise<number | null> {
    const row = this.#file.row<{ n: number | null }>(
      `SELECT max(n) AS n FROM (SELECT n FROM crawl_page WHERE crawl = ${CRAWL} AND n > ?2 ORDER BY n LIMIT ?3)`,
      ...[crawlId, at, count],
    );
    return row?.n ?? null;
  }

  async sections(
    crawlId: string,
    variant: string,
    { at, order, until }: { readonly at: number; readonly order: number; readonly until: number },
    { limit, characters }: { readonly limit: number; readonly characters: number },
  ): Promise<readonly SectionSubjectRow[]> {
    return this.#file.rows<SectionSubjectRow>(
      `SELECT c.n AS at, s.ord AS "order", s.path, coalesce(s.heading, s.label, '') AS title, p.language,
        b.k AS block, substr(b.text, 1, ?6) AS text
      FROM crawl_page c JOIN page p ON p.place = c.place JOIN section s ON s.place = c.place
      JOIN block b ON b.k = s.block
      WHERE c.crawl = ${CRAWL} AND c.n >= ?3 AND c.n <= ?4 AND (c.n > ?3 OR s.ord > ?5)
        AND b.text <> '' AND b.summary_variant IS NOT ?2
      ORDER BY c.n, s.ord LIMIT ?7`,
      ...[crawlId, variant, at, until, order, characters, limit],
    );
  }

  async pages(
    crawlId: string,
    variant: string,
    after: number,
    {
      limit,
      parts,
      characters,
    }: { readonly limit: number; readonly parts: number; readonly characters: number },
  ): Promise<readonly PageSubjectRow[]> {
    const rows = this.#file.rows<Omit<PageSubjectRow, 'parts'>>(
      `SELECT c.n AS at, p.place AS key, p.title, p.description, p.language FROM crawl_page c
      JOIN page p ON p.place = c.place
      WHERE c.crawl = ${CRAWL} AND c.n > ?3 AND p.summary_variant IS NOT ?2 ORDER BY c.n LIMIT ?4`,
      ...[crawlId, variant, after, limit],
    );
    const sections = `SELECT s.path, s.heading, coalesce(b.summary, substr(b.text, 1, ?2)) AS text
      FROM section s JOIN block b ON b.k = s.block WHERE s.place = ?1 AND b.text <> '' ORDER BY s.ord LIMIT ?3`;
    return rows.map((row) => ({ ...row, parts: this.#file.rows(sections, row.key, characters, parts) }));
  }

  async groups(crawlId: string, after: string, limit: number, pages: number): Promise<readonly SumRow[]> {
    const rows = this.#file.rows<{ k: number; site: number; id: string; title: string }>(
      `SELECT g.k, g.id, g.site, g.name AS title FROM crawl c JOIN layout_group g ON g.site = c.site
      WHERE c.id = ? AND g.id > ? ORDER BY g.id LIMIT ?`,
      ...[crawlId, after, limit],
    );
    const members = `${SUMMED} FROM group_layout gl
      JOIN page_layout l ON l.template = gl.template AND l.fingerprint = gl.fingerprint
      JOIN site_page sp ON sp.site = ? AND sp.place = l.place JOIN page p ON p.place = l.place
      WHERE gl.grp = ? AND p.gone_since IS NULL ORDER BY sp.depth, sp.place LIMIT ?`;
    return rows.map(({ k, site, id, title }) => ({
      id,
      title,
      pages: this.#file.rows<SummedPageRow>(members, site, k, pages),
    }));
  }

  async site(crawlId: string, pages: number): Promise<SumRow | null> {
    const site = this.#file.row<{ id: number; title: string }>(
      'SELECT s.k AS id, s.url AS title FROM crawl c JOIN site s ON s.k = c.site WHERE c.id = ?',
      crawlId,
    );
    if (site === undefined) return null;
    const first = `${SUMMED} FROM site_page sp JOIN page p ON p.place = sp.place
      WHERE sp.site = ? AND p.gone_since IS NULL ORDER BY sp.depth, sp.place LIMIT ?`;
    return { ...site, pages: this.#file.rows<SummedPageRow>(first, site.id, pages) };
  }

  async coverage(crawlId: string, variant: string): Promise<readonly Covered[]> {
    const own = `crawl_page c WHERE c.crawl = ${CRAWL}`;
    return this.#file.rows<Covered>(
      `SELECT ${COVERED} FROM page WHERE place IN (SELECT c.place FROM ${own})
      UNION ALL SELECT ${COVERED} FROM block WHERE text <> ''
        AND k IN (SELECT s.block FROM section s WHERE s.place IN (SELECT c.place FROM ${own}))
      UNION ALL SELECT ${COVERED} FROM layout_group WHERE site = (SELECT site FROM crawl WHERE id = ?1)
      UNION ALL SELECT ${COVERED} FROM site WHERE k = (SELECT site FROM crawl WHERE id = ?1)
        AND EXISTS (SELECT 1 FROM ${own})`,
      ...[crawlId, variant],
    );
  }

  async cached(keys: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const rows = this.#file.rows<{ key: string; text: string }>(
      'SELECT s.key, s.text FROM json_each(?) k JOIN summary s ON s.key = k.value',
      JSON.stringify(keys),
    );
    return new Map(rows.map(({ key, text }) => [key, text]));
  }

  async spending(crawlId: string): Promise<SummarySpending | null> {
    const row = this.#file.row<SummarySpending>(
      'SELECT s.made, s.calls, s.tokens FROM crawl_summaries s JOIN crawl c ON c.k = s.crawl WHERE c.id = ?',
      crawlId,
    );
    return row ?? null;
  }
}
