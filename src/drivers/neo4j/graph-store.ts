import type { AnalysisBatch, Arrangement, LayoutList, ShownBoardList } from '../../ports/board-store.ts';
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
import type { ExportQuery, SitePages } from '../../ports/site-export.ts';
import type {
  CrawlHead,
  CrawlList,
  HistoryQuery,
  PageChanges,
  UnseenPages,
} from '../../ports/site-history.ts';
import type {
  SubjectList,
  SubjectQuery,
  SummaryBatch,
  SummaryCoverage,
  SummarySpending,
} from '../../ports/summary-store.ts';
import type { Neo4j } from './neo4j.ts';
import { readArrangement } from './reads/arrangement.ts';
import { readCounts, readCrawlPages } from './reads/crawl-pages.ts';
import { EdgeCache } from './reads/edge-cache.ts';
import { readChanges, readCrawl, readCrawls, readUnseen } from './reads/history.ts';
import { readInLinks } from './reads/in-links.ts';
import { locate } from './reads/locate.ts';
import { lookUp } from './reads/look-up.ts';
import { readStructure } from './reads/outline.ts';
import { readPage } from './reads/page-details.ts';
import { readLayouts, readShownBoards } from './reads/shown-boards.ts';
import { readSitePages } from './reads/site-pages.ts';
import { readCoverage, readRemembered, readSpending, readSubjects } from './reads/summaries.ts';
import { findWays } from './reads/ways.ts';
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

  markGone(crawlId: string, urls: readonly string[], at: number): Promise<void> {
    return this.#writer.markGone(crawlId, urls, at);
  }

  saveSummaries(crawlId: string, batch: SummaryBatch): Promise<void> {
    return this.#writer.saveSummaries(crawlId, batch);
  }

  counts(crawlId: string): Promise<GraphCounts> {
    return this.#neo4j.read((run) => readCounts(run, crawlId));
  }

  pages(crawlId: string, query: PageQuery): Promise<PageList> {
    return this.#neo4j.read((run) => readCrawlPages(run, crawlId, query));
  }

  page(url: string): Promise<PageDetail | null> {
    return this.#neo4j.read((run) => readPage(run, url));
  }

  locate(url: string): Promise<Located | null> {
    return this.#neo4j.read((run) => locate(run, url));
  }

  lookUp(query: LookUpQuery): Promise<LookUp> {
    return lookUp(this.#neo4j, query);
  }

  ways(query: WaysQuery): Promise<readonly Way[]> {
    return findWays(this.#neo4j, this.#edges, query);
  }

  structure(url: string, query: StructureQuery): Promise<Structure | null> {
    return this.#neo4j.read((run) => readStructure(run, url, query));
  }

  inLinks(url: string, query: PageQuery): Promise<InLinkList | null> {
    return this.#neo4j.read((run) => readInLinks(run, url, query));
  }

  sitePages(url: string, query: ExportQuery): Promise<SitePages | null> {
    return this.#neo4j.read((run) => readSitePages(run, url, query));
  }

  shownBoards(crawlId: string, query: PageQuery): Promise<ShownBoardList> {
    return this.#neo4j.read((run) => readShownBoards(run, crawlId, query));
  }

  layouts(crawlId: string, query: PageQuery): Promise<LayoutList> {
    return this.#neo4j.read((run) => readLayouts(run, crawlId, query));
  }

  saveAnalysis(crawlId: string, batch: AnalysisBatch, at: number): Promise<void> {
    return saveAnalysis(this.#neo4j, crawlId, batch, at);
  }

  endAnalysis(crawlId: string, at: number): Promise<void> {
    return endAnalysis(this.#neo4j, crawlId, at);
  }

  arrangement(url: string, boardPages: number): Promise<Arrangement | null> {
    return this.#neo4j.read((run) => readArrangement(run, url, boardPages));
  }

  crawl(crawlId: string): Promise<CrawlHead | null> {
    return this.#neo4j.read((run) => readCrawl(run, crawlId));
  }

  crawls(site: string, query: HistoryQuery): Promise<CrawlList> {
    return this.#neo4j.read((run) => readCrawls(run, site, query));
  }

  changes(from: string, to: string, query: HistoryQuery): Promise<PageChanges> {
    return this.#neo4j.read((run) => readChanges(run, from, to, query));
  }

  unseen(crawlId: string, query: HistoryQuery): Promise<UnseenPages> {
    return this.#neo4j.read((run) => readUnseen(run, crawlId, query));
  }

  subjects(crawlId: string, query: SubjectQuery): Promise<SubjectList> {
    return this.#neo4j.read((run) => readSubjects(run, crawlId, query));
  }

  rememberedSummaries(keys: readonly string[]): Promise<ReadonlyMap<string, string>> {
    return this.#neo4j.read((run) => readRemembered(run, keys));
  }

  summarySpending(crawlId: string): Promise<SummarySpending> {
    return this.#neo4j.read((run) => readSpending(run, crawlId));
  }

  summaryCoverage(crawlId: string, variant: string): Promise<SummaryCoverage> {
    return this.#neo4j.read((run) => readCoverage(run, crawlId, variant));
  }
}
