import { messageOf } from '../../src/core/errors.ts';
import { readPage } from '../../src/core/html/read-page.ts';
import { PageError } from '../../src/core/ledger/page-error.ts';
import type { ParsedPage } from '../../src/model/parsed-page.ts';
import type { UrlReason } from '../../src/model/reason.ts';
import type { ParseJob } from '../../src/ports/parse-pool.ts';
import { decodeBody } from './charset/decode-body.ts';
import { parseDocument } from './parse-document.ts';

/** Message of the pool to a thread. */
export type ParseRequest = Omit<ParseJob, 'task'>;

/** Reply of the thread. Failures are plain data: a cloned error loses its class and its fields. */
export type ParseReply =
  | { readonly kind: 'parsed'; readonly page: ParsedPage }
  | { readonly kind: 'failed'; readonly failure: ParseFailure };

export interface ParseFailure {
  readonly reason: UrlReason;
  /** One line. */
  readonly message: string;
  readonly retryable: boolean;
}

/** Runs on a thread of the pool. Never throws: the reply carries the failure. */
export default function parse(request: ParseRequest): ParseReply {
  try {
    return { kind: 'parsed', page: parseJob(request) };
  } catch (error) {
    return { kind: 'failed', failure: failureOf(error) };
  }
}

function failureOf(error: unknown): ParseFailure {
  if (error instanceof PageError) {
    return { reason: error.reason, message: error.message, retryable: error.retryable };
  }
  return { reason: 'parse-error', message: `[parse] ${messageOf(error)}`, retryable: false };
}

/**
 * Decodes and parses one page. A body that is a string comes from a browser: it is decoded, and its scripts have run.
 */
export function parseJob({ url, body, charset: header, scope }: ParseRequest): ParsedPage {
  const scripting = typeof body === 'string';
  const { text, charset } = scripting ? { text: body, charset: 'utf-8' } : decodeBody(body, header);
  return readPage(parseDocument(text, scripting), { url, charset, scripting, scope });
}
