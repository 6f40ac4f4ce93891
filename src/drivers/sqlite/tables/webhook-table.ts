import { randomUUID } from 'node:crypto';
import { FIRST_WEBHOOK_STATE } from '../../../core/webhooks/webhook-outcome.ts';
import type { WebhookState, WebhookStatus, WebhookTurn, WebhookUpdate } from '../../../model/webhook.ts';
import type { SqliteFile } from '../sqlite-file.ts';
import { intOrNull, type Row, text } from './rows.ts';

/** Where the delivery of each task's events stands. A row without a time is ended. */
export class WebhookTable {
  readonly #file: SqliteFile;

  constructor(file: SqliteFile) {
    this.#file = file;
  }

  enter(taskId: string, now: number): void {
    this.#file
      .sql(`INSERT INTO webhook (task, state, due_at) VALUES (?, ?, ?)
        ON CONFLICT (task) DO UPDATE SET due_at = excluded.due_at WHERE token IS NULL OR due_at IS NULL`)
      .run(taskId, JSON.stringify(FIRST_WEBHOOK_STATE), now);
  }

  take(leaseUntil: number, limit: number, now: number): readonly WebhookTurn[] {
    return this.#file.transaction(() => {
      const due = this.#file
        .sql('SELECT task, state FROM webhook WHERE due_at <= ? ORDER BY due_at LIMIT ?')
        .all(now, limit) as Row[];
      return due.map((row) => this.#lease(row, leaseUntil));
    });
  }

  note({ taskId, token }: WebhookTurn, { state, dueAt, keep }: WebhookUpdate): boolean {
    const saved = this.#file
      .sql('UPDATE webhook SET state = ?, due_at = ?, token = ? WHERE task = ? AND token = ?')
      .run(JSON.stringify(state), dueAt, keep ? token : null, taskId, token);
    return saved.changes > 0;
  }

  standing(taskId: string): WebhookStatus | null {
    const row = this.#file.sql('SELECT state, due_at FROM webhook WHERE task = ?').get(taskId) as
      | Row
      | undefined;
    return row === undefined ? null : { ...stateOf(row), ended: intOrNull(row, 'due_at') === null };
  }

  #lease(row: Row, leaseUntil: number): WebhookTurn {
    const taskId = text(row, 'task');
    const token = randomUUID();
    this.#file.sql('UPDATE webhook SET due_at = ?, token = ? WHERE task = ?').run(leaseUntil, token, taskId);
    return { taskId, token, state: stateOf(row) };
  }
}

function stateOf(row: Row): WebhookState {
  return JSON.parse(text(row, 'state')) as WebhookState;
}
