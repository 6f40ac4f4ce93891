import type { InLinkList } from '../model/link.ts';
import type { ListQuery } from '../model/list-query.ts';
import type { AliasWrite, PageDetail, PageList, PageWrite } from '../model/page.ts';
import type { Matches, MatchQuery } from '../model/question.ts';
import type { LinkPath, Located, PathsQuery } from '../model/route.ts';
import type { MapCounts, SiteStructure, SiteWrite, StructureQuery } from '../model/site.ts';
import type { AnalysisStore } from './analysis-store.ts';
import type { SiteExport } from './site-export.ts';
import type { SiteHistory } from './site-history.ts';
import type { SummaryStore } from './summary-store.ts';

/** The map. Ids are derived from canonical URL and structural path, so writing twice changes nothing. */
export interface GraphStore extends SummaryStore, SiteHistory, SiteExport, AnalysisStore {
  /** Registers the crawl of a site; answers the site's id. */
  openSite(site: SiteWrite): Promise<string>;
  /** Stores pages and aliases in one transaction. */
  save(crawlId: string, pages: readonly PageWrite[], aliases: readonly AliasWrite[]): Promise<void>;
  /**
   * Brings up to date what only the whole crawl can tell, the depth of its pages in clicks from the root, and notes that
   * it is finished at epoch ms `at`. Idempotent.
   */
  finish(crawlId: string, at: number): Promise<void>;
  /** Of one crawl. */
  counts(crawlId: string): Promise<MapCounts>;
  /** Pages of one crawl, in the order of first storage. */
  pages(crawlId: string, query: ListQuery): Promise<PageList>;
  page(url: string): Promise<PageDetail | null>;
  /** Where the URL, or the page that it leads to, is on the map; null if it is not. */
  locate(url: string): Promise<Located | null>;
  /** Everything that a question may mean. To be ranked by the caller: the same on all stores. */
  match(query: MatchQuery): Promise<Matches>;
  /** The clearest way to each page, in the order of `to`. The page that it starts from is reached without a click. */
  paths(query: PathsQuery): Promise<readonly LinkPath[]>;
  /** The outline of the site that has this root or page; null if there is none. */
  structure(url: string, query: StructureQuery): Promise<SiteStructure | null>;
  /** The links on other pages that lead to this one; null if it is not on the map. */
  inLinks(url: string, query: ListQuery): Promise<InLinkList | null>;
}
