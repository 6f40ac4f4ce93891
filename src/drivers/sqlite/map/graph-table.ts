import { derivedId } from '../../../core/derived-id.ts';
import { readCursor } from '../../../core/number-cursor.ts';
import type { ListQuery } from '../../../model/list-query.ts';
import type { AliasWrite, PageDetail, PageList, PageWrite } from '../../../model/page.ts';
import type { MapCounts, SiteWrite } from '../../../model/site.ts';
import type { SqliteFile } from '../sqlite-file.ts';
import { CrawlRow } from '../tables/crawl-row.ts';
import { PageDetails } from '../tables/page-details.ts';
import { pageRow } from '../tables/page-rows.ts';
import { int, type Row } from '../tables/rows.ts';
import { setClickDepths } from './click-depths.ts';
import { forgetOldCrawls } from './forget-old-crawls.ts';
import { type CrawlOfSite, MapWriter } from './map-writer.ts';

/** The map: places (URLs), pages, sections, and blocks, which hold what repeats over pages once. */
export class GraphTable {
  readonly #file: SqliteFile;
  readonly #writer: MapWriter;
  readonly #details: PageDetails;

  constructor(file: SqliteFile) {
    this.#file = file;
    this.#writer = new MapWriter(file);
    this.#details = new PageDetails(file);
  }

  openSite({ url, crawlId, at }: SiteWrite): string {
    return this.#file.transaction(() => {
      const id = derivedId(url);
      this.#file
        .sql('INSERT INTO site (id, url, created_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING')
        .run(id, url, at);
      const site = this.#file.sql('SELECT k FROM site WHERE id = ?').get(id) as Row;
      this.#file
        .sql(`INSERT INTO crawl (id, site, started_at) VALUES (?, ?, ?)
          ON CONFLICT (id) DO UPDATE SET site = excluded.site, started_at = coalesce(started_at, excluded.started_at)`)
        .run(crawlId, int(site, 'k'), at);
      return id;
    });
  }

  save(crawlId: string, pages: readonly PageWrite[], aliases: readonly AliasWrite[]): void {
    this.#file.transaction(() => {
      const { startedAt, ...crawl } = this.#crawl(crawlId);
      for (const page of pages) this.#writer.savePage(crawl, page);
      const at = pages.at(-1)?.fetchedAt ?? startedAt;
      for (const alias of aliases) this.#writer.saveAlias(crawl, alias, at);
    });
  }

  finish(crawlId: string, at: number): void {
    this.#file.transaction(() => {
      const { crawl, site } = this.#crawl(crawlId);
      setClickDepths(this.#file, crawl, site);
      this.#file.sql('UPDATE crawl SET finished_at = ? WHERE k = ?').run(at, crawl);
      forgetOldCrawls(this.#file, site);
    });
  }

  counts(crawlId: string): MapCounts {
    const crawl = CrawlRow.find(this.#file, crawlId);
    const row = this.#file
      .sql(`SELECT count(*) AS pages, coalesce(sum(p.sections), 0) AS sections, coalesce(sum(p.links), 0) AS links
        FROM crawl_page c JOIN page p ON p.place = c.place WHERE c.crawl = ?`)
      .get(crawl?.k ?? -1) as Row;
    const pages = int(row, 'pages');
    const sections = int(row, 'sections');
    return { pages, sections, links: int(row, 'links'), nodes: pages === 0 ? 0 : 1 + pages + sections };
  }

  pages(crawlId: string, { cursor, limit }: ListQuery): PageList {
    const crawl = CrawlRow.find(this.#file, crawlId);
    const rows = this.#file
      .sql(`SELECT c.n, u.url, p.* FROM crawl_page c JOIN page p ON p.place = c.place JOIN place u ON u.k = c.place
        WHERE c.crawl = ? AND c.n > ? ORDER BY c.n LIMIT ?`)
      .all(crawl?.k ?? -1, readCursor(cursor, 0), limit) as Row[];
    const last = rows.at(-1);
    return {
      pages: rows.map(pageRow),
      next: rows.length === limit && last !== undefined ? String(int(last, 'n')) : null,
    };
  }

  page(url: string): PageDetail | null {
    const row = this.#file
      .sql(`SELECT u.url, p.* FROM place asked JOIN place u ON u.k = coalesce(asked.alias_of, asked.k)
        JOIN page p ON p.place = u.k WHERE asked.url = ?`)
      .get(url) as Row | undefined;
    return row === undefined ? null : this.#details.read(row);
  }

  #crawl(crawlId: string): CrawlOfSite & { readonly startedAt: number } {
    const row = this.#file
      .sql('SELECT k, site, started_at FROM crawl WHERE id = ? AND site IS NOT NULL')
      .get(crawlId) as Row | undefined;
    if (row === undefined) throw new Error(`the site of crawl ${crawlId} was not opened`);
    return { crawl: int(row, 'k'), site: int(row, 'site'), startedAt: int(row, 'started_at') };
  }
}
