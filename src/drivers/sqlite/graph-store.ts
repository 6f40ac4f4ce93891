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
import type { Remote } from '../system/thread-rpc.ts';
import type { Database } from './database.ts';
import type { AnalysisTable } from './map/analysis-writer.ts';
import type { GraphTable } from './map/graph-table.ts';
import type { HistoryTable } from './map/history-table.ts';
import type { SummaryTable } from './map/summary-writer.ts';
import type { MapTable } from './tables/map/map-table.ts';

/** Pages of a transaction. */
const PAGES_AT_ONCE = 4;

/** The map in the SQLite file. */
export class SqliteGraphStore implements GraphStore {
  readonly #table: Remote<GraphTable>;
  readonly #siteOverview: Remote<AnalysisTable>;
  readonly #map: Remote<MapTable>;
  readonly #history: Remote<HistoryTable>;
  readonly #summary: Remote<SummaryTable>;

  constructor(database: Database) {
    this.#table = database.service('graph');
    this.#siteOverview = database.service('siteOverview');
    this.#map = database.service('map');
    this.#history = database.service('history');
    this.#summary = database.service('summary');
  }

  openSite(site: SiteWrite): Promise<string> {
    return this.#table.openSite(site);
  }

  /** Some pages at a time: meanwhile the file answers others, whose calls are short. */
  async save(crawlId: string, pages: readonly PageWrite[], aliases: readonly AliasWrite[]): Promise<void> {
    let first = 0;
    for (; pages.length - first > PAGES_AT_ONCE; first += PAGES_AT_ONCE)
      await this.#table.save(crawlId, pages.slice(first, first + PAGES_AT_ONCE), []);
    await this.#table.save(crawlId, pages.slice(first), aliases);
  }

  finish(crawlId: string, at: number): Promise<void> {
    return this.#table.finish(crawlId, at);
  }

  counts(crawlId: string): Promise<MapCounts> {
    return this.#table.counts(crawlId);
  }

  pages(crawlId: string, query: ListQuery): Promise<PageList> {
    return this.#table.pages(crawlId, query);
  }

  page(url: string): Promise<PageDetail | null> {
    return this.#table.page(url);
  }

  locate(url: string): Promise<Located | null> {
    return this.#map.locate(url);
  }

  match(query: MatchQuery): Promise<Matches> {
    return this.#map.match(query);
  }

  paths(query: PathsQuery): Promise<readonly LinkPath[]> {
    return this.#map.paths(query);
  }

  structure(url: string, query: StructureQuery): Promise<SiteStructure | null> {
    return this.#map.structure(url, query);
  }

  observedLists(crawlId: string, query: ListQuery): Promise<ObservedListPage> {
    return this.#siteOverview.observedLists(crawlId, query);
  }

  layouts(crawlId: string, query: ListQuery): Promise<LayoutList> {
    return this.#siteOverview.layouts(crawlId, query);
  }

  saveAnalysis(crawlId: string, batch: AnalysisBatch, at: number): Promise<void> {
    return this.#siteOverview.saveAnalysis(crawlId, batch, at);
  }

  endAnalysis(crawlId: string, at: number): Promise<void> {
    return this.#siteOverview.endAnalysis(crawlId, at);
  }

  siteOverview(url: string, boardPages: number): Promise<SiteOverview | null> {
    return this.#map.siteOverview(url, boardPages);
  }

  inLinks(url: string, query: ListQuery): Promise<InLinkList | null> {
    return this.#map.inLinks(url, query);
  }

  crawl(crawlId: string): Promise<CrawlHead | null> {
    return this.#history.crawl(crawlId);
  }

  crawls(site: string, query: ListQuery): Promise<CrawlList> {
    return this.#history.crawls(site, query);
  }

  changes(from: string, to: string, query: ListQuery): Promise<PageChanges> {
    return this.#history.changes(from, to, query);
  }

  unseen(crawlId: string, query: ListQuery): Promise<UnseenPages> {
    return this.#history.unseen(crawlId, query);
  }

  markRemoved(crawlId: string, urls: readonly string[], at: number): Promise<void> {
    return this.#history.markRemoved(crawlId, urls, at);
  }

  sitePages(url: string, query: ListQuery): Promise<SitePages | null> {
    return this.#map.sitePages(url, query);
  }

  subjects(crawlId: string, query: SubjectQuery): Promise<SubjectList> {
    return this.#summary.subjects(crawlId, query);
  }

  cachedSummaries(keys: readonly string[]): Promise<ReadonlyMap<string, string>> {
    return this.#summary.cachedSummaries(keys);
  }

  saveSummaries(crawlId: string, batch: SummaryBatch): Promise<void> {
    return this.#summary.saveSummaries(crawlId, batch);
  }

  summarySpending(crawlId: string): Promise<SummarySpending> {
    return this.#summary.summarySpending(crawlId);
  }

  summaryCoverage(crawlId: string, variant: string): Promise<SummaryCoverage> {
    return this.#summary.summaryCoverage(crawlId, variant);
  }
}
