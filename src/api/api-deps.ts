import type { Hono } from 'hono';
import type { Settings } from '../core/settings.ts';
import type { LedgerPage, LedgerQuery } from '../model/ledger.ts';
import type { TaskRecord } from '../model/task.ts';
import type { Clock } from '../ports/clock.ts';
import type { EventLog } from '../ports/event-log.ts';
import type { GraphStore } from '../ports/graph-store.ts';
import type { Logger } from '../ports/logger.ts';
import type { TaskQueue } from '../ports/task-queue.ts';
import type { WebhookOutbox } from '../ports/webhook-outbox.ts';
import type { DispatchQueues } from './queues/queue-board.ts';
import type { MetricSample } from './system/prometheus-text.ts';

/** Whether a part that the service needs works now. */
export interface ReadyCheck {
  readonly name: string;
  readonly ok: boolean;
  /** One line for the operator, null if there is nothing to say; seen by everybody. */
  readonly detail: string | null;
}

/** What is read of crawls that may not be running; answers for unknown ones are empty. */
export interface CrawlReader {
  ledger(crawlId: string, query: LedgerQuery): Promise<LedgerPage>;
  /** URLs skipped and failed, counted by reason. */
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

/** What the API stands on. */
export interface ApiDeps {
  readonly settings: ApiSettings;
  readonly tasks: TaskQueue;
  readonly events: EventLog;
  readonly graph: GraphStore;
  readonly crawls: CrawlReader;
  readonly webhooks: Pick<WebhookOutbox, 'enter' | 'standing'>;
  /** Shown at `/queues`; null where no queues dispatch tasks. */
  readonly dispatchQueues: DispatchQueues | null;
  /** The face for people; mounted at `/`, behind the same guards. */
  readonly dashboard: Hono;
  readonly clock: Clock;
  readonly log: Logger;
  /** Lets what is queued follow the options of a task that was changed; answers when it has. */
  applyChanges(task: TaskRecord): Promise<void>;
  /** Throws a `WaymarkError` if a caller may not crawl this URL or have it called; names are judged later, when they are resolved. */
  checkUrl(url: string): void;
  ready(): Promise<readonly ReadyCheck[]>;
  metrics(): readonly MetricSample[];
  /** Aborted when the service stops: streams end and waiting calls answer. */
  readonly stopping: AbortSignal;
}
