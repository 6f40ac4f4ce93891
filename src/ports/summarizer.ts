import type { Subject } from '../model/summary.ts';

export interface SummaryResponse {
  /** One per subject, in their order: plain text in one line, or null if the response has no usable text. */
  readonly texts: readonly (string | null)[];
  /** Tokens of request and response; 0 where calls are not metered. */
  readonly tokens: number;
}

/** Limits of one call. */
export interface CallSize {
  readonly subjects: number;
  /** Estimated tokens of the texts. A single text may exceed it. */
  readonly tokens: number;
}

/** Generates summaries, several in one call. */
export interface Summarizer {
  /** Name of the method in results: `extractive`, or the name of a model. */
  readonly by: string;
  /** All inputs beside the text (model, prompt version, …). Summaries of another variant are generated again. */
  readonly variant: string;
  /** Whether calls cost money: they are counted, budgeted, and cached by content. */
  readonly metered: boolean;
  readonly callSize: CallSize;
  /** Rejects with a `SummaryError` (core) if the whole call fails. */
  summarise(subjects: readonly Subject[], signal: AbortSignal): Promise<SummaryResponse>;
  close(): Promise<void>;
}
