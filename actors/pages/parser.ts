import { Actor, type ActorRef, type Behaviour } from '../../src/core/actor/actor.ts';
import type { ActorMetrics } from '../../src/core/actor/actor-metrics.ts';
import { escalateAlways } from '../../src/core/actor/supervision.ts';
import { PageError } from '../../src/core/ledger/page-error.ts';
import type { ScopeRules } from '../../src/model/crawl-options.ts';
import type { FetchedPage, FetchFailure } from '../../src/model/fetched-page.ts';
import type { ParsedPage } from '../../src/model/parsed-page.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { ParsePool } from '../../src/ports/parse-pool.ts';
import type { WriterMessage } from './writer.ts';

export interface ParserMessage {
  readonly page: FetchedPage;
  /** Canonical URL of the loaded document. */
  readonly url: string;
}

export interface ParserParts {
  readonly pool: ParsePool;
  /** Id of the crawl's task. */
  readonly task: string;
  readonly scope: ScopeRules;
  readonly writer: ActorRef<WriterMessage>;
  readonly clock: Clock;
  readonly metrics: ActorMetrics;
  /** Pages that may wait for a thread; the fetcher waits beyond that. */
  readonly queue: number;
  readonly concurrency: number;
  readonly onEscalated: (error: unknown) => void;
}

/** Parses pages on worker threads and sends them to the writer. */
export function startParser(parts: ParserParts): Actor<ParserMessage> {
  return new Actor<ParserMessage>(
    {
      name: 'parser',
      create: () => new Parser(parts),
      capacity: parts.queue,
      concurrency: parts.concurrency,
      supervision: escalateAlways,
      onEscalated: parts.onEscalated,
    },
    parts.clock,
    parts.metrics,
  );
}

class Parser implements Behaviour<ParserMessage> {
  readonly #parts: ParserParts;

  constructor(parts: ParserParts) {
    this.#parts = parts;
  }

  async handle(messages: readonly ParserMessage[], signal: AbortSignal): Promise<void> {
    for (const message of messages) await this.#parts.writer.send(await this.#parse(message, signal));
  }

  async #parse({ page, url }: ParserMessage, signal: AbortSignal): Promise<WriterMessage> {
    const { pool, task, scope } = this.#parts;
    try {
      const { body, contentType, charset, finalUrl } = page;
      const parsed = await pool.parse({ url: finalUrl, body, contentType, charset, scope, task }, signal);
      const error = refusalOf(parsed);
      if (error !== null) return { kind: 'failure', failure: failureOf(page, error) };
      const { claim, status, via, fetchMs } = page;
      return { kind: 'page', claim, url, status, via, fetchMs, parsed };
    } catch (error) {
      if (!(error instanceof PageError)) throw error;
      return { kind: 'failure', failure: failureOf(page, error) };
    }
  }
}

/** Challenge pages and pages without content are not stored. */
function refusalOf(parsed: ParsedPage): PageError | null {
  if (parsed.blocked) return new PageError('blocked', 'The page asks for a captcha or denies access');
  if (parsed.sections.length === 0 && parsed.links.length === 0)
    return new PageError('empty', 'The page holds no text and no links');
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
