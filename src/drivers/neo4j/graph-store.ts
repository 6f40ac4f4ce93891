import type { CrawlHead, CrawlList, PageChanges, UnseenPages } from '../../model/history.ts';
import type { LayoutList } from '../../model/layout-group.ts';
import type { InLinkList } from '../../model/link.ts';
import type { ListQuery } from '../../model/list-query.ts';
import type { AliasWrite, PageDetail, PageList, PageWrite } from '../../model/page.ts';
import type { ObservedListPage } from '../../model/paginated-list.ts';
import type { Matches, MatchQuery } from '../../model/question.ts';
import type { LinkPath, Located, PathsQuery } from '../../model/route.ts';
import type { MapCounts, SitePages, SiteStructure, SiteWrite, StructureQuery } from '../../model/site.ts';
import type { AnalysisBatch, SiteOverview } from '../../model/site-overview.ts';
import type {
  SubjectList,
  SubjectQuery,
  SummaryBatch,
  SummaryCoverage,
  SummarySpending,
} from '../../model/summary.ts';
import type { GraphStore } from '../../ports/graph-store.ts';
import type { Neo4j } from './neo4j.ts';
import { readCounts, readCrawlPages } from './reads/crawl-pages.ts';
import { EdgeCache } from './reads/edge-cache.ts';
import { readChanges, readCrawl, readCrawls, readUnseen } from './reads/history.ts';
import { readInLinks } from './reads/in-links.ts';
import { locate } from './reads/locate.ts';
import { lookUp } from './reads/look-up.ts';
import { readLayouts, readObservedLists } from './reads/observed-lists.ts';
import { readStructure } from './reads/outline.ts';
import { readOverview } from './reads/overview.ts';
import { readPage } from './reads/page-details.ts';
import { findPaths } from './reads/paths.ts';
import { readSitePages } from './reads/site-pages.ts';
import { readCachedSummaries, readCoverage, readSpending, readSubjects } from './reads/summaries.ts';
import { MapWriter } from './writes/map-writer.ts';
import { endAnalysis, saveAnalysis } from './writes/save-analysis.ts';

/** Memory for edges that are kept at hand for ways: those of some 20,000 pages. */
const KEPT_BYTES = 48_000_000;

/** The map in Neo4j; docs/graph-schema.md says how it is laid out. */
export class Neo4jGraphStore implements GraphStore {
  readonly #neo4j: Neo4j;
  readonly #writer: MapWriter;
  readonly #edges = new EdgeCache(KEPT_BYTES);

  constructor(neo4j: Neo4j) {
    this.#neo4j = neo4j;
    this.#writer = new MapWriter(neo4j);
  }

  openSite(site: SiteWrite): Promise<string> {
    return this.#writer.openSite(site);
  }

  save(crawlId: string, pages: readonly PageWrite[], aliases: readonly AliasWrite[]): Promise<void> {
    return this.#writer.save(crawlId, pages, aliases);
  }

  finish(crawlId: string, at: number): Promise<void> {
    return this.#writer.finish(crawlId, at);
  }

  markRemoved(crawlId: string, urls: readonly string[], at: number): Promise<void> {
    return this.#writer.markRemoved(crawlId, urls, at);
  }

  saveSummaries(crawlId: string, batch: SummaryBatch): Promise<void> {
    return this.#writer.saveSummaries(crawlId, batch);
  }

  counts(crawlId: string): Promise<MapCounts> {
    return this.#neo4j.read((run) => readCounts(run, crawlId));
  }

  pages(crawlId: string, query: ListQuery): Promise<PageList> {
    return this.#neo4j.read((run) => readCrawlPages(run, crawlId, query));
  }

  page(url: string): Promise<PageDetail | null> {
    return this.#neo4j.read((run) => readPage(run, url));
  }

  locate(url: string): Promise<Located | null> {
    return this.#neo4j.read((run) => locate(run, url));
  }

  match(query: MatchQuery): Promise<Matches> {
    return lookUp(this.#neo4j, query);
  }

  paths(query: PathsQuery): Promise<readonly LinkPath[]> {
    return findPaths(this.#neo4j, this.#edges, query);
  }

  structure(url: string, query: StructureQuery): Promise<SiteStructure | null> {
    return this.#neo4j.read((run) => readStructure(run, url, query));
  }

  inLinks(url: string, query: ListQuery): Promise<InLinkList | null> {
    return this.#neo4j.read((run) => readInLinks(run, url, query));
  }

  sitePages(url: string, query: ListQuery): Promise<SitePages | null> {
    return this.#neo4j.read((run) => readSitePages(run, url, query));
  }

  observedLists(crawlId: string, query: ListQuery): Promise<ObservedListPage> {
    return this.#neo4j.read((run) => readObservedLists(run, crawlId, query));
  }

  layouts(crawlId: string, query: ListQuery): Promise<LayoutList> {
    return this.#neo4j.read((run) => readLayouts(run, crawlId, query));
  }

  saveAnalysis(crawlId: string, batch: AnalysisBatch, at: number): Promise<void> {
    return saveAnalysis(this.#neo4j, crawlId, batch, at);
  }

  endAnalysis(crawlId: string, at: number): Promise<void> {
    return endAnalysis(this.#neo4j, crawlId, at);
  }

  siteOverview(url: string, boardPages: number): Promise<SiteOverview | null> {
    return this.#neo4j.read((run) => readOverview(run, url, boardPages));
  }

  crawl(crawlId: string): Promise<CrawlHead | null> {
    return this.#neo4j.read((run) => readCrawl(run, crawlId));
  }

  crawls(site: string, query: ListQuery): Promise<CrawlList> {
    return this.#neo4j.read((run) => readCrawls(run, site, query));
  }

  changes(from: string, to: string, query: ListQuery): Promise<PageChanges> {
    return this.#neo4j.read((run) => readChanges(run, from, to, query));
  }

  unseen(crawlId: string, query: ListQuery): Promise<UnseenPages> {
    return this.#neo4j.read((run) => readUnseen(run, crawlId, query));
  }

  subjects(crawlId: string, query: SubjectQuery): Promise<SubjectList> {
    return this.#neo4j.read((run) => readSubjects(run, crawlId, query));
  }

  cachedSummaries(keys: readonly string[]): Promise<ReadonlyMap<string, string>> {
    return this.#neo4j.read((run) => readCachedSummaries(run, keys));
  }

  summarySpending(crawlId: string): Promise<SummarySpending> {
    return this.#neo4j.read((run) => readSpending(run, crawlId));
  }

  summaryCoverage(crawlId: string, variant: string): Promise<SummaryCoverage> {
    return this.#neo4j.read((run) => readCoverage(run, crawlId, variant));
  }
}
