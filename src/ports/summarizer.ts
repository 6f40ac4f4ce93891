import type { Subject } from '../model/summary.ts';

export interface SummaryResponse {
  /** One for each subject, in their order: plain text in one line, or null if there is none that can be used. */
  readonly texts: readonly (string | null)[];
  /** Tokens read and written; 0 where nothing is metered. */
  readonly tokens: number;
}

/** What one call may hold. */
export interface CallSize {
  readonly subjects: number;
  /** Estimated tokens of the texts. A single text may be more. */
  readonly tokens: number;
}

/** Makes summaries, several in one call. */
export interface Summarizer {
  /** Who makes them, as results name it: `extractive`, or the name of a model. */
  readonly by: string;
  /** Everything beside the text that the wording depends on: another value means other summaries. */
  readonly variant: string;
  /** Calls cost something: they are counted and budgeted, and their answers are remembered by content. */
  readonly metered: boolean;
  readonly callSize: CallSize;
  /** Rejects with a `SummaryError` (core) if the call as a whole has failed. */
  summarise(subjects: readonly Subject[], signal: AbortSignal): Promise<SummaryResponse>;
  close(): Promise<void>;
}
