import type {
  SubjectList,
  SubjectQuery,
  SummaryBatch,
  SummaryCoverage,
  SummarySpending,
} from '../model/summary.ts';

/**
 * What a graph store offers for summaries. What is still unsummarised is a query, so a crash loses no list of work.
 * A section's summary belongs to its content: sections with equal content share one.
 */
export interface SummaryStore {
  /** What has no summary of the variant yet. Sites and groups are always listed: their texts change with their pages. */
  subjects(crawlId: string, query: SubjectQuery): Promise<SubjectList>;
  /** Remembered texts by key. */
  cachedSummaries(keys: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** One transaction; doing it twice changes nothing but the spending. */
  saveSummaries(crawlId: string, batch: SummaryBatch): Promise<void>;
  summarySpending(crawlId: string): Promise<SummarySpending>;
  /** Cost grows with the crawl: for its end. */
  summaryCoverage(crawlId: string, variant: string): Promise<SummaryCoverage>;
}
