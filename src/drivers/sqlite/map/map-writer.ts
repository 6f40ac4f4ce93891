import { derivedId } from '../../../core/derived-id.ts';
import { ANY_SIZE } from '../../../core/map/save-batches.ts';
import type { AliasWrite, PageWrite, SaveSize } from '../../../model/page.ts';
import type { SiteWrite } from '../../../model/site.ts';
import type { AnalysisBatch } from '../../../model/site-overview.ts';
import type { SummaryBatch, SummaryLevel, SummaryWrite } from '../../../model/summary.ts';
import type { MapWriter } from '../../../ports/graph-store.ts';
import type { SqliteFile } from '../sqlite-file.ts';
import { AnalysisWriter, type SiteOfCrawl } from './analysis-writer.ts';
import { forgetOldCrawls, setClickDepths } from './finish-crawl.ts';
import { TextIndex } from './index-writer.ts';
import { PageWriter } from './page-writer.ts';

/** The file holds the frontier too: a transaction of 32 pages would hold up claims for a quarter of a second. */
const SAVE_SIZE: SaveSize = { ...ANY_SIZE, pages: 4 };

interface OpenCrawl extends SiteOfCrawl {
  readonly crawl: number;
  readonly startedAt: number;
}

/** Writes the map, each call in one transaction. */
export class SqliteMapWriter implements MapWriter {
  readonly #file: SqliteFile;
  readonly #pages: PageWriter;
  readonly #analysis: AnalysisWriter;
  readonly #summaries: SummaryWriter;

  constructor(file: SqliteFile) {
    this.#file = file;
    this.#pages = new PageWriter(file);
    this.#analysis = new AnalysisWriter(file);
    this.#summaries = new SummaryWriter(file);
  }

  async openSite({ url, crawlId, at }: SiteWrite): Promise<string> {
    const id = derivedId(url);
    this.#file.transaction(() => {
      this.#file
        .sql('INSERT INTO site (id, url, created_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING')
        .run(id, url, at);
      this.#file
        .sql(`INSERT INTO crawl (id, site, started_at) SELECT ?, k, ? FROM site WHERE id = ?
          ON CONFLICT (id) DO UPDATE SET site = excluded.site, started_at = coalesce(started_at, excluded.started_at)`)
        .run(crawlId, at, id);
    });
    return id;
  }

  async saveSize(): Promise<SaveSize> {
    return SAVE_SIZE;
  }

  async save(crawlId: string, pages: readonly PageWrite[], aliases: readonly AliasWrite[]): Promise<void> {
    this.#file.transaction(() => {
      const crawl = this.#crawl(crawlId);
      for (const page of pages) this.#pages.savePage(crawl, page);
      const at = pages.at(-1)?.fetchedAt ?? crawl.startedAt;
      for (const alias of aliases) this.#pages.saveAlias(crawl, alias, at);
    });
  }

  async finish(crawlId: string, at: number): Promise<void> {
    this.#file.transaction(() => {
      const { crawl, site } = this.#crawl(crawlId);
      setClickDepths(this.#file, crawl, site);
      this.#file.sql('UPDATE crawl SET finished_at = ? WHERE k = ?').run(at, crawl);
      forgetOldCrawls(this.#file, site);
    });
  }

  async markRemoved(crawlId: string, urls: readonly string[], at: number): Promise<void> {
    this.#file.transaction(() => {
      for (const url of urls) {
        const row = this.#file.row<{ place: number }>(
          `SELECT sp.place FROM crawl c JOIN site_page sp ON sp.site = c.site
          JOIN place u ON u.k = sp.place WHERE c.id = ? AND u.url = ?
            AND NOT EXISTS (SELECT 1 FROM crawl_page seen WHERE seen.crawl = c.k AND seen.place = sp.place)`,
          ...[crawlId, url],
        );
        if (row !== undefined) this.#pages.tombstones.remove(row.place, at);
      }
    });
  }

  async saveAnalysis(crawlId: string, batch: AnalysisBatch, at: number): Promise<void> {
    this.#file.transaction(() => this.#analysis.save(this.#crawl(crawlId), batch, at));
  }

  async endAnalysis(crawlId: string, at: number): Promise<void> {
    this.#file.transaction(() => this.#analysis.end(this.#crawl(crawlId), at));
  }

  async saveSummaries(crawlId: string, batch: SummaryBatch): Promise<void> {
    this.#file.transaction(() => this.#summaries.save(crawlId, batch));
  }

  #crawl(crawlId: string): OpenCrawl {
    const row = this.#file.row<OpenCrawl>(
      `SELECT c.k AS crawl, s.k AS site, s.id AS siteId, c.started_at AS startedAt FROM crawl c
      JOIN site s ON s.k = c.site WHERE c.id = ?`,
      crawlId,
    );
    if (row === undefined) throw new Error(`the site of crawl ${crawlId} was not opened`);
    return row;
  }
}

/** Which table has the summary of a level, with the column of its subject's id. */
const CARRIERS: Readonly<
  Record<SummaryLevel, { readonly table: string; readonly column: 'k' | 'id' | 'place' }>
> = {
  section: { table: 'block', column: 'k' },
  page: { table: 'page', column: 'place' },
  group: { table: 'layout_group', column: 'id' },
  site: { table: 'site', column: 'k' },
};

/** Writes summaries, their words, and what they cost. Its methods run in the caller's transaction. */
export class SummaryWriter {
  readonly #file: SqliteFile;
  readonly #said: TextIndex;

  constructor(file: SqliteFile) {
    this.#file = file;
    this.#said = new TextIndex(file);
  }

  save(crawlId: string, { variant, writes, spending }: SummaryBatch): void {
    for (const write of writes) this.#write(variant, write);
    const { made, calls, tokens } = spending;
    this.#file
      .sql(`INSERT INTO crawl_summaries (crawl, made, calls, tokens) SELECT k, ?, ?, ? FROM crawl WHERE id = ?
        ON CONFLICT (crawl) DO UPDATE SET made = made + excluded.made, calls = calls + excluded.calls,
          tokens = tokens + excluded.tokens`)
      .run(made, calls, tokens, crawlId);
  }

  #write(variant: string, { level, id, text, key }: SummaryWrite): void {
    const { table, column } = CARRIERS[level];
    const subject = column === 'id' ? id : Number(id);
    if (key !== null && text !== null) {
      this.#file.sql('INSERT INTO summary (key, text) VALUES (?, ?) ON CONFLICT DO NOTHING').run(key, text);
      if (level === 'section') this.#said.addBlockSummary(Number(id), text);
      if (level === 'page') this.#said.addPageSummary(Number(id), text);
    }
    this.#file
      .sql(`UPDATE ${table} SET summary = ?, summary_variant = ? WHERE ${column} = ?`)
      .run(text, variant, subject);
  }
}
