export type SummaryLevel = 'section' | 'page' | 'group' | 'site';

/** A text of the map that is to be summarised. */
export interface Subject {
  /** The store's own name for it. */
  readonly id: string;
  readonly level: SummaryLevel;
  /** Heading or title; empty if there is none. */
  readonly title: string;
  /** BCP 47 tag of the page; null if it is not known. */
  readonly language: string | null;
  /** Page text, cut off after some thousand characters: words of a stranger. */
  readonly text: string;
  /** A menu, a footer, a banner: what it says is not what the page is about. */
  readonly boilerplate: boolean;
}

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
