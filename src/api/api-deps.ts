import type { Hono } from 'hono';
import type { Settings } from '../core/settings.ts';
import type { LedgerPage, LedgerQuery } from '../model/ledger.ts';
import type { TaskRecord } from '../model/task.ts';
import type { Clock } from '../ports/clock.ts';
import type { EventLog } from '../ports/event-log.ts';
import type { MapQueries } from '../ports/graph-store.ts';
import type { Logger } from '../ports/logger.ts';
import type { MapSearch } from '../ports/map-search.ts';
import type { TaskQueue } from '../ports/task-queue.ts';
import type { WebhookOutbox } from '../ports/webhook-outbox.ts';
import type { DispatchQueues } from './queues/queue-board.ts';
import type { MetricSample } from './system/prometheus-text.ts';

/** State of a part that the service needs. */
export interface ReadyCheck {
  readonly name: string;
  readonly ok: boolean;
  /** One line for the operator, or null. Every caller can see it. */
  readonly detail: string | null;
}

/** Reads the frontiers of crawls, running or not. Results for an unknown crawl are empty. */
interface CrawlReader {
  ledger(crawlId: string, query: LedgerQuery): Promise<LedgerPage>;
  /** Counts skipped and failed URLs by reason. */
  reasons(crawlId: string): Promise<Readonly<Record<string, number>>>;
}

export type ApiSettings = Pick<
  Settings,
  | 'host'
  | 'apiToken'
  | 'maxBodyBytes'
  | 'waitSeconds'
  | 'maxPages'
  | 'maxPagesLimit'
  | 'maxTaskSeconds'
  | 'hostConcurrency'
  | 'hostDelayMs'
  | 'maxEventStreams'
>;

/** The services that the API uses. */
export interface ApiDeps {
  readonly settings: ApiSettings;
  readonly tasks: TaskQueue;
  readonly events: EventLog;
  readonly graph: MapQueries & MapSearch;
  readonly crawls: CrawlReader;
  readonly webhooks: Pick<WebhookOutbox, 'enqueue' | 'status'>;
  /** The queues that `/queues` shows; null without Redis. */
  readonly dispatchQueues: DispatchQueues | null;
  /** Mounted at `/`, behind the same guards as the API. */
  readonly dashboard: Hono;
  readonly clock: Clock;
  readonly log: Logger;
  /** Applies the changed options of a task to its frontier. */
  applyChanges(task: TaskRecord): Promise<void>;
  /**
   * Checks whether a caller may crawl or call this URL. Checks addresses only; host names are checked when they resolve.
   *
   * @throws {WaymarkError} `address-refused`.
   */
  checkUrl(url: string): void;
  /** The entry of ALLOWED_PRIVATE_HOSTS that holds for a task with this seed; null if none does. */
  allowedPrivateHost(seed: string): string | null;
  ready(): Promise<readonly ReadyCheck[]>;
  metrics(): readonly MetricSample[];
  /** Aborts when the service stops: event streams end and waiting requests return. */
  readonly stopping: AbortSignal;
}
