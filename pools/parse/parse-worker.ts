import { messageOf } from '../../src/core/errors.ts';
import { PageError } from '../../src/core/page-error.ts';
import type { ParseFailure, ParseReply, ParseRequest } from './messages.ts';
import { parseJob } from './parse-job.ts';

/** Runs on a thread of the pool. Never throws: whatever goes wrong with the page is in the reply. */
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
