import type { Subject, SummaryLevel } from './summarizer.ts';

export interface SubjectQuery {
  readonly level: SummaryLevel;
  /** Subjects whose summary is of this variant are done with. */
  readonly variant: string;
  /** Where an earlier list ended; null: from the first page. */
  readonly cursor: string | null;
  /** Subjects at most; fewer do not mean that there are no more. */
  readonly limit: number;
  /** Characters of a subject's text at most. */
  readonly characters: number;
}

export interface SubjectList {
  /** Each once, in the order in which their pages were first stored, groups in that of their ids. Texts are never empty but for pages without any. */
  readonly subjects: readonly Subject[];
  /** Where to go on, also with what is stored later. */
  readonly cursor: string;
  /** Nothing more for now. */
  readonly done: boolean;
}

export interface SummaryWrite {
  readonly level: SummaryLevel;
  readonly id: string;
  /** Null: looked at, and there is nothing to say. */
  readonly text: string | null;
  /**
   * Under which a text that was written for the subject is remembered for equal content; its words are found by look-ups.
   * Null: the text was taken from the subject and says nothing in other words.
   */
  readonly key: string | null;
}

/** What a crawl has used for its summaries, over all its runs. */
export interface SummarySpending {
  /** Summaries that were made for this crawl, not found ready. */
  readonly made: number;
  readonly calls: number;
  readonly tokens: number;
}

export interface SummaryBatch {
  readonly variant: string;
  readonly writes: readonly SummaryWrite[];
  /** Added to what the crawl has used. */
  readonly spending: SummarySpending;
}

/** Distinct sections, pages, groups, and the site of a crawl. */
export interface SummaryCoverage {
  readonly summarised: number;
  readonly missing: number;
}

/**
 * What a graph store offers for summaries. What is still unsummarised is a query, so a crash loses no list of work.
 * A section's summary belongs to its content: sections with equal content share one.
 */
export interface SummaryStore {
  /** What has no summary of the variant yet. Sites and groups are always listed: their texts change with their pages. */
  subjects(crawlId: string, query: SubjectQuery): Promise<SubjectList>;
  /** Remembered texts by key. */
  rememberedSummaries(keys: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** One transaction; doing it twice changes nothing but the spending. */
  saveSummaries(crawlId: string, batch: SummaryBatch): Promise<void>;
  summarySpending(crawlId: string): Promise<SummarySpending>;
  /** Cost grows with the crawl: for its end. */
  summaryCoverage(crawlId: string, variant: string): Promise<SummaryCoverage>;
}
