import type { ActorRef, Behaviour } from '../../src/core/actor/actor.ts';
import { PageError } from '../../src/core/ledger/page-error.ts';
import type { ScopeRules } from '../../src/model/crawl-options.ts';
import type { FetchedPage, FetchFailure } from '../../src/model/fetched-page.ts';
import type { ParsedPage } from '../../src/model/parsed-page.ts';
import type { ParsePool } from '../../src/ports/parse-pool.ts';
import type { WriterMessage } from './writer.ts';

export interface ParserMessage {
  readonly page: FetchedPage;
  /** Canonical URL of what was loaded. */
  readonly url: string;
}

export interface ParserParts {
  readonly pool: ParsePool;
  readonly scope: ScopeRules;
  readonly writer: ActorRef<WriterMessage>;
}

/** Has pages parsed on a worker thread and passes them to the writer; a page that cannot be parsed is a failure. */
export class Parser implements Behaviour<ParserMessage> {
  readonly #parts: ParserParts;

  constructor(parts: ParserParts) {
    this.#parts = parts;
  }

  async handle(messages: readonly ParserMessage[], signal: AbortSignal): Promise<void> {
    for (const message of messages) await this.#parts.writer.send(await this.#parse(message, signal));
  }

  async #parse({ page, url }: ParserMessage, signal: AbortSignal): Promise<WriterMessage> {
    const { pool, scope } = this.#parts;
    try {
      const { body, contentType, charset, finalUrl } = page;
      const parsed = await pool.parse({ url: finalUrl, body, contentType, charset, scope }, signal);
      const failure = refusal(page, parsed);
      const { claim, status, via, fetchMs } = page;
      return failure === null
        ? { kind: 'page', claim, url, status, via, fetchMs, parsed }
        : { kind: 'failure', failure };
    } catch (error) {
      if (!(error instanceof PageError)) throw error;
      return { kind: 'failure', failure: failureOf(page, error) };
    }
  }
}

/** A page that holds nothing, or asks for a proof that a person is there, is not a page of the map. */
function refusal(page: FetchedPage, parsed: ParsedPage): FetchFailure | null {
  if (parsed.blocked)
    return failureOf(page, new PageError('blocked', 'The page asks for a captcha or denies access'));
  if (parsed.sections.length === 0 && parsed.links.length === 0) {
    return failureOf(page, new PageError('empty', 'The page holds no text and no links'));
  }
  return null;
}

function failureOf({ claim, status }: FetchedPage, error: PageError): FetchFailure {
  return {
    claim,
    reason: error.reason,
    detail: error.message,
    status,
    retryable: error.retryable,
    target: null,
    retryAt: null,
  };
}
