import { mapRules } from '../../core/map/map-rules.ts';
import { mapSearch } from '../../core/map/map-search.ts';
import type { GraphStore } from '../../ports/graph-store.ts';
import type { MapReader } from '../../ports/map-reader.ts';
import type { Neo4j, Run } from './neo4j.ts';
import { neo4jCrawlReader } from './reads/crawl-reader.ts';
import { neo4jLinkReader } from './reads/link-reader.ts';
import { neo4jListReader } from './reads/list-reader.ts';
import { neo4jPageReader } from './reads/page-reader.ts';
import { neo4jSearchIndex } from './reads/search-reader.ts';
import { neo4jSummaryReader } from './reads/summary-reader.ts';
import { Neo4jMapWriter } from './writes/map-writer.ts';

/** The map in Neo4j; docs/graph-schema.md describes its layout. */
export function neo4jMap(neo4j: Neo4j): GraphStore {
  const writer = new Neo4jMapWriter(neo4j);
  return {
    ...mapRules((query) => neo4j.read((run) => query(readerOver(run)))),
    ...mapSearch(neo4jSearchIndex(neo4j), neo4jLinkReader(neo4j)),
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

function readerOver(run: Run): MapReader {
  return {
    pages: neo4jPageReader(run),
    crawls: neo4jCrawlReader(run),
    lists: neo4jListReader(run),
    summaries: neo4jSummaryReader(run),
  };
}
