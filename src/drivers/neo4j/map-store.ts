import { mapRules } from '../../core/map/map-rules.ts';
import type { GraphStore } from '../../ports/graph-store.ts';
import type { MapReader } from '../../ports/map-reader.ts';
import type { Neo4j, Run } from './neo4j.ts';
import { Neo4jCrawlReader } from './reads/crawl-reader.ts';
import { EdgeCache } from './reads/edge-cache.ts';
import { Neo4jListReader } from './reads/list-reader.ts';
import { locate } from './reads/locate.ts';
import { lookUp } from './reads/look-up.ts';
import { Neo4jPageReader } from './reads/page-reader.ts';
import { findPaths } from './reads/paths.ts';
import { Neo4jSummaryReader } from './reads/summary-reader.ts';
import { Neo4jMapWriter } from './writes/map-writer.ts';

/** Memory for edges that are cached for paths: those of some 20,000 pages. */
const EDGE_CACHE_BYTES = 48_000_000;

/** The map in Neo4j; docs/graph-schema.md describes its layout. */
export function neo4jMap(neo4j: Neo4j): GraphStore {
  const writer = new Neo4jMapWriter(neo4j);
  const edges = new EdgeCache(EDGE_CACHE_BYTES);
  return {
    ...mapRules((question) => neo4j.read((run) => question(readerOver(run)))),
    openSite: (site) => writer.openSite(site),
    save: (crawlId, pages, aliases) => writer.save(crawlId, pages, aliases),
    finish: (crawlId, at) => writer.finish(crawlId, at),
    markRemoved: (crawlId, urls, at) => writer.markRemoved(crawlId, urls, at),
    saveAnalysis: (crawlId, batch, at) => writer.saveAnalysis(crawlId, batch, at),
    endAnalysis: (crawlId, at) => writer.endAnalysis(crawlId, at),
    saveSummaries: (crawlId, batch) => writer.saveSummaries(crawlId, batch),
    locate: (url) => neo4j.read((run) => locate(run, url)),
    match: (query) => lookUp(neo4j, query),
    paths: (query) => findPaths(neo4j, edges, query),
  };
}

function readerOver(run: Run): MapReader {
  return {
    pages: new Neo4jPageReader(run),
    crawls: new Neo4jCrawlReader(run),
    lists: new Neo4jListReader(run),
    summaries: new Neo4jSummaryReader(run),
  };
}
