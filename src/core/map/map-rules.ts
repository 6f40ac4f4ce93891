import type { MapQueries } from '../../ports/graph-store.ts';
import type { MapReader } from '../../ports/map-reader.ts';
import { crawlHead, siteCrawls, unseenPages } from './crawl-history.ts';
import { inLinks } from './in-links.ts';
import { observedLayouts, observedLists } from './observed-lists.ts';
import { pageChanges } from './page-changes.ts';
import { crawlPageDetails, crawlPages, linkedFrom, mapCounts, pageDetail } from './page-details.ts';
import { siteOverview, sitePages, siteStructure } from './site-structure.ts';
import { summaryCoverage, summarySubjects } from './summary-subjects.ts';

/** Runs one query over a reader, which may be the query's own: a session of a database, for instance. */
export type WithReader = <T>(query: (reader: MapReader) => Promise<T>) => Promise<T>;

/**
 * The rules of the map over a store's primitives. They run in the thread that owns the store, so a query costs one
 * call to that thread however many primitives it reads.
 */
export function mapRules(over: WithReader): MapQueries {
  return {
    counts: (crawlId) => over((reader) => mapCounts(reader, crawlId)),
    pages: (crawlId, query) => over((reader) => crawlPages(reader, crawlId, query)),
    pageDetails: (crawlId, query) => over((reader) => crawlPageDetails(reader, crawlId, query)),
    page: (url) => over((reader) => pageDetail(reader, url)),
    linkedFrom: (urls) => over((reader) => linkedFrom(reader, urls)),
    structure: (url, query) => over((reader) => siteStructure(reader, url, query)),
    siteOverview: (url, listPages) => over((reader) => siteOverview(reader, url, listPages)),
    inLinks: (url, query) => over((reader) => inLinks(reader, url, query)),
    sitePages: (url, query) => over((reader) => sitePages(reader, url, query)),
    observedLists: (crawlId, query) => over((reader) => observedLists(reader, crawlId, query)),
    layouts: (crawlId, query) => over((reader) => observedLayouts(reader, crawlId, query)),
    crawl: (crawlId) => over((reader) => crawlHead(reader, crawlId)),
    crawls: (site, query) => over((reader) => siteCrawls(reader, site, query)),
    changes: (from, to, query) => over((reader) => pageChanges(reader, from, to, query)),
    unseen: (crawlId, query) => over((reader) => unseenPages(reader, crawlId, query)),
    subjects: (crawlId, query) => over((reader) => summarySubjects(reader, crawlId, query)),
    cachedSummaries: (keys) =>
      over(
        async ({ summaries }) => new Map((await summaries.cached(keys)).map(({ key, text }) => [key, text])),
      ),
    summarySpending: (crawlId) =>
      over(async ({ summaries }) => {
        const [spending = { made: 0, calls: 0, tokens: 0 }] = await summaries.spending(crawlId);
        return spending;
      }),
    summaryCoverage: (crawlId, variant) => over((reader) => summaryCoverage(reader, crawlId, variant)),
  };
}
