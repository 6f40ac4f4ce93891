import { mapRules } from '../../../core/map/map-rules.ts';
import { mapSearch } from '../../../core/map/map-search.ts';
import type { GraphStore } from '../../../ports/graph-store.ts';
import type { MapReader } from '../../../ports/map-reader.ts';
import type { SqliteFile } from '../sqlite-file.ts';
import { sqliteCrawlReader } from './crawl-reader.ts';
import { sqliteLinkReader } from './link-reader.ts';
import { sqliteListReader } from './list-reader.ts';
import { SqliteMapWriter } from './map-writer.ts';
import { sqlitePageReader } from './page-reader.ts';
import { sqliteSearchIndex } from './search-reader.ts';
import { sqliteSummaryReader } from './summary-reader.ts';

/**
 * The map in the SQLite file, as the database thread serves it. Reading and writing wait for nothing but microtasks, so
 * each call runs as a whole before the thread takes the next message.
 */
export function sqliteMap(file: SqliteFile): GraphStore {
  const reader: MapReader = {
    pages: sqlitePageReader(file),
    crawls: sqliteCrawlReader(file),
    lists: sqliteListReader(file),
    summaries: sqliteSummaryReader(file),
  };
  const writer = new SqliteMapWriter(file);
  return {
    ...mapRules((query) => query(reader)),
    ...mapSearch(sqliteSearchIndex(file), sqliteLinkReader(file)),
    openSite: (site) => writer.openSite(site),
    saveSize: () => writer.saveSize(),
    save: (crawlId, pages, aliases) => writer.save(crawlId, pages, aliases),
    finish: (crawlId, at) => writer.finish(crawlId, at),
    markRemoved: (crawlId, urls, at) => writer.markRemoved(crawlId, urls, at),
    saveAnalysis: (crawlId, batch, at) => writer.saveAnalysis(crawlId, batch, at),
    endAnalysis: (crawlId, at) => writer.endAnalysis(crawlId, at),
    saveSummaries: (crawlId, batch) => writer.saveSummaries(crawlId, batch),
  };
}
