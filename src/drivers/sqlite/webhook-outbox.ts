import type { WebhookStatus, WebhookTurn, WebhookUpdate } from '../../model/webhook.ts';
import type { Clock } from '../../ports/clock.ts';
import type { WebhookOutbox } from '../../ports/webhook-outbox.ts';
import type { Remote } from '../system/thread-rpc.ts';
import type { Database } from './database.ts';
import type { WebhookTable } from './tables/webhook-table.ts';

/** The outbox of webhooks in the SQLite file, for all processes that have it open. */
export class SqliteWebhookOutbox implements WebhookOutbox {
  readonly #table: Remote<WebhookTable>;
  readonly #clock: Clock;

  constructor(database: Database, clock: Clock) {
    this.#table = database.service('webhook');
    this.#clock = clock;
  }

  enter(taskId: string): Promise<void> {
    return this.#table.enter(taskId, this.#clock.now());
  }

  take(leaseMs: number, limit: number): Promise<readonly WebhookTurn[]> {
    const now = this.#clock.now();
    return this.#table.take(now + leaseMs, limit, now);
  }

  note(turn: WebhookTurn, note: WebhookUpdate): Promise<boolean> {
    return this.#table.note(turn, note);
  }

  standing(taskId: string): Promise<WebhookStatus | null> {
    return this.#table.standing(taskId);
  }
}
