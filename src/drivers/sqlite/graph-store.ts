import type {
  AliasWrite,
  GraphCounts,
  GraphStore,
  InLinkList,
  Located,
  LookUp,
  LookUpQuery,
  PageDetail,
  PageList,
  PageQuery,
  PageWrite,
  SiteWrite,
  Structure,
  StructureQuery,
  Way,
  WaysQuery,
} from '../../ports/graph-store.ts';
import type { Database } from './database.ts';
import type { Remote } from './messages.ts';
import type { GraphTable } from './tables/graph-table.ts';
import type { MapTable } from './tables/map/map-table.ts';

/** The map in the SQLite file. */
export class SqliteGraphStore implements GraphStore {
  readonly #table: Remote<GraphTable>;
  readonly #map: Remote<MapTable>;

  constructor(database: Database) {
    this.#table = database.service('graph');
    this.#map = database.service('map');
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

  locate(url: string): Promise<Located | null> {
    return this.#map.locate(url);
  }

  lookUp(query: LookUpQuery): Promise<LookUp> {
    return this.#map.lookUp(query);
  }

  ways(query: WaysQuery): Promise<readonly Way[]> {
    return this.#map.ways(query);
  }

  structure(url: string, query: StructureQuery): Promise<Structure | null> {
    return this.#map.structure(url, query);
  }

  inLinks(url: string, query: PageQuery): Promise<InLinkList | null> {
    return this.#map.inLinks(url, query);
  }
}
