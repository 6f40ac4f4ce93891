import type {
  SubjectList,
  SubjectQuery,
  SummaryBatch,
  SummaryCoverage,
  SummarySpending,
} from '../model/summary.ts';

/**
 * Reads what summaries need. What is still unsummarised is a query, so a crash loses no list of work. A section's summary
 * belongs to its content: sections with equal content share one.
 */
export interface SummaryQueries {
  /** What has no summary of the variant yet. Sites and groups are always listed: their texts change with their pages. */
  subjects(crawlId: string, query: SubjectQuery): Promise<SubjectList>;
  /** Cached texts by key. */
  cachedSummaries(keys: readonly string[]): Promise<ReadonlyMap<string, string>>;
  summarySpending(crawlId: string): Promise<SummarySpending>;
  /** Cost grows with the crawl: for its end. */
  summaryCoverage(crawlId: string, variant: string): Promise<SummaryCoverage>;
}

/** What a summariser needs of a map. */
export interface SummaryStore extends SummaryQueries {
  /** One transaction; doing it twice changes nothing but the spending. */
  saveSummaries(crawlId: string, batch: SummaryBatch): Promise<void>;
}
