import { randomUUID } from 'node:crypto';
import { FIRST_WEBHOOK_STATE } from '../../core/webhooks/webhook-outcome.ts';
import type { WebhookClaim, WebhookState, WebhookStatus, WebhookUpdate } from '../../model/webhook.ts';
import type { Clock } from '../../ports/clock.ts';
import type { WebhookOutbox } from '../../ports/webhook-outbox.ts';
import type { Remote, ServiceSource } from '../system/thread-rpc.ts';
import type { SqliteFile } from './sqlite-file.ts';
import { intOrNull, type Row, text } from './tables/rows.ts';

/** The outbox of webhooks in the SQLite file, for all processes that have the file open. */
export class SqliteWebhookOutbox implements WebhookOutbox {
  readonly #table: Remote<WebhookTable>;
  readonly #clock: Clock;

  constructor(database: ServiceSource<'webhook', WebhookTable>, clock: Clock) {
    this.#table = database.service('webhook');
    this.#clock = clock;
  }

  enqueue(taskId: string): Promise<void> {
    return this.#table.enqueue(taskId, this.#clock.now());
  }

  claim(leaseMs: number, limit: number): Promise<readonly WebhookClaim[]> {
    const now = this.#clock.now();
    return this.#table.claim(now + leaseMs, limit, now);
  }

  update(claim: WebhookClaim, update: WebhookUpdate): Promise<boolean> {
    return this.#table.update(claim, update);
  }

  status(taskId: string): Promise<WebhookStatus | null> {
    return this.#table.status(taskId);
  }
}

/** The state of the delivery of each task's events. The delivery of a row without a time has ended. */
export class WebhookTable {
  readonly #file: SqliteFile;

  constructor(file: SqliteFile) {
    this.#file = file;
  }

  enqueue(taskId: string, now: number): void {
    this.#file
      .sql(`INSERT INTO webhook (task, state, due_at) VALUES (?, ?, ?)
        ON CONFLICT (task) DO UPDATE SET due_at = excluded.due_at WHERE token IS NULL OR due_at IS NULL`)
      .run(taskId, JSON.stringify(FIRST_WEBHOOK_STATE), now);
  }

  claim(leaseUntil: number, limit: number, now: number): readonly WebhookClaim[] {
    return this.#file.transaction(() => {
      const due = this.#file
        .sql('SELECT task, state FROM webhook WHERE due_at <= ? ORDER BY due_at LIMIT ?')
        .all(now, limit) as Row[];
      return due.map((row) => this.#lease(row, leaseUntil));
    });
  }

  update({ taskId, token }: WebhookClaim, { state, dueAt, keep }: WebhookUpdate): boolean {
    const saved = this.#file
      .sql('UPDATE webhook SET state = ?, due_at = ?, token = ? WHERE task = ? AND token = ?')
      .run(JSON.stringify(state), dueAt, keep ? token : null, taskId, token);
    return saved.changes > 0;
  }

  status(taskId: string): WebhookStatus | null {
    const row = this.#file.sql('SELECT state, due_at FROM webhook WHERE task = ?').get(taskId) as
      | Row
      | undefined;
    return row === undefined ? null : { ...stateOf(row), ended: intOrNull(row, 'due_at') === null };
  }

  #lease(row: Row, leaseUntil: number): WebhookClaim {
    const taskId = text(row, 'task');
    const token = randomUUID();
    this.#file.sql('UPDATE webhook SET due_at = ?, token = ? WHERE task = ?').run(leaseUntil, token, taskId);
    return { taskId, token, state: stateOf(row) };
  }
}

function stateOf(row: Row): WebhookState {
  return JSON.parse(text(row, 'state')) as WebhookState;
}
