import { derivedId } from '../../../core/derived-id.ts';
import { ANY_SIZE } from '../../../core/map/save-batches.ts';
import type { AliasWrite, PageWrite, SaveSize } from '../../../model/page.ts';
import type { SiteWrite } from '../../../model/site.ts';
import type { AnalysisBatch } from '../../../model/site-overview.ts';
import type { SummaryBatch } from '../../../model/summary.ts';
import type { MapWriter } from '../../../ports/graph-store.ts';
import type { SqliteFile } from '../sqlite-file.ts';
import { AnalysisWriter, type SiteOfCrawl } from './analysis-writer.ts';
import { forgetOldCrawls, setClickDepths } from './finish-crawl.ts';
import { PageWriter } from './page-writer.ts';
import { SummaryWriter } from './summary-writer.ts';

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
