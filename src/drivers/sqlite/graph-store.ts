import type {
  AliasWrite,
  GraphCounts,
  GraphStore,
  PageDetail,
  PageList,
  PageQuery,
  PageWrite,
  SiteWrite,
} from '../../ports/graph-store.ts';
import type { Database } from './database.ts';
import type { Remote } from './messages.ts';
import type { GraphTable } from './tables/graph-table.ts';

/** The map in the SQLite file. */
export class SqliteGraphStore implements GraphStore {
  readonly #table: Remote<GraphTable>;

  constructor(database: Database) {
    this.#table = database.service('graph');
  }

  openSite(site: SiteWrite): Promise<string> {
    return this.#table.openSite(site);
  }

  save(crawlId: string, pages: readonly PageWrite[], aliases: readonly AliasWrite[]): Promise<void> {
    return this.#table.save(crawlId, pages, aliases);
  }

  finish(crawlId: string): Promise<void> {
    return this.#table.finish(crawlId);
  }

  counts(crawlId: string): Promise<GraphCounts> {
    return this.#table.counts(crawlId);
  }

  pages(crawlId: string, query: PageQuery): Promise<PageList> {
    return this.#table.pages(crawlId, query);
  }

  page(url: string): Promise<PageDetail | null> {
    return this.#table.page(url);
  }
}
