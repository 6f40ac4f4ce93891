import type { ScopeRules } from '../model/crawl-options.ts';
import type { ParsedPage } from '../model/parsed-page.ts';

export interface ParseJob {
  /** URL of the body. */
  readonly url: string;
  /** Bytes that own their whole buffer move to the thread: the caller's view is empty afterwards. */
  readonly body: Uint8Array | string;
  readonly contentType: string;
  readonly charset: string | null;
  readonly scope: ScopeRules;
  /** Id of the task. Tasks share the threads fairly; pages without it count as those of one task. */
  readonly task?: string;
}

/** Parses pages on worker threads. Rejects with a `PageError` (core); a lost thread costs only its own page. */
export interface ParsePool {
  parse(job: ParseJob, signal?: AbortSignal): Promise<ParsedPage>;
  close(): Promise<void>;
}
