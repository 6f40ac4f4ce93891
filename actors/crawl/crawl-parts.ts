import type { PageRetries } from '../../src/core/crawl/outcome-of-failure.ts';
import type { CrawlOptions, ScopeRules } from '../../src/model/crawl-options.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { EventLog } from '../../src/ports/event-log.ts';
import type { DocumentClient, Fetcher } from '../../src/ports/fetcher.ts';
import type { FrontierStore } from '../../src/ports/frontier.ts';
import type { GraphStore } from '../../src/ports/graph-store.ts';
import type { HostGate } from '../../src/ports/host-gate.ts';
import type { Logger } from '../../src/ports/logger.ts';
import type { ParsePool } from '../../src/ports/parse-pool.ts';
import type { Summarizer } from '../../src/ports/summarizer.ts';
import type { SummaryLimits } from '../summaries/summariser.ts';

/** What a crawl works with: ports, and the limits of the service. */
export interface CrawlParts {
  readonly frontiers: FrontierStore;
  readonly gate: HostGate;
  readonly graph: GraphStore;
  readonly parsePool: ParsePool;
  readonly documents: DocumentClient;
  readonly summarizer: Summarizer;
  readonly events: EventLog;
  readonly clock: Clock;
  readonly log: Logger;
  /** Makes the fetcher that the task's options ask for. Rejects with `browser-not-found`. */
  readonly createFetcher: (options: CrawlOptions, mayFollow: (url: URL) => boolean) => Promise<Fetcher>;
  readonly scopeOf: (options: CrawlOptions) => ScopeRules;
  readonly limits: CrawlLimits;
}

export interface CrawlLimits {
  readonly retries: PageRetries;
  readonly maxUrls: number;
  /** Pages that may wait for a parser thread. */
  readonly parseQueue: number;
  readonly parseConcurrency: number;
  /** Milliseconds without a settled page after which a crawl ends. */
  readonly idleMs: number;
  /** Milliseconds that one visit may hold a place at its host's gate. */
  readonly visitMs: number;
  readonly summaries: SummaryLimits;
}
