import type { ParsedPage } from '../../src/model/parsed-page.ts';
import type { UrlReason } from '../../src/model/reason.ts';
import type { ParseJob } from '../../src/ports/parse-pool.ts';

/** What the pool posts to a thread. */
export type ParseRequest = ParseJob;

/** The page, or why there is none. Errors cross as plain data: a copied error loses its class and its fields. */
export type ParseReply =
  | { readonly kind: 'parsed'; readonly page: ParsedPage }
  | { readonly kind: 'failed'; readonly failure: ParseFailure };

export interface ParseFailure {
  readonly reason: UrlReason;
  /** One line. */
  readonly message: string;
  readonly retryable: boolean;
}
