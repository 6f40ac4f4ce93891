import { isDeepStrictEqual } from 'node:util';
import { WaymarkError } from '../../../core/errors.ts';
import { readCursor } from '../../../core/number-cursor.ts';
import { isFinal, type RunOutcome } from '../../../core/tasks/run-outcome.ts';
import { readStoredSpec } from '../../../core/tasks/stored-task.ts';
import type { OptionChanges } from '../../../model/crawl-options.ts';
import type {
  QueueName,
  TaskFilter,
  TaskPage,
  TaskProgress,
  TaskRecord,
  TaskSpec,
  TaskStatus,
} from '../../../model/task.ts';
import type { EventTable } from '../event-log.ts';
import type { GateTable } from '../host-gate.ts';
import type { SqliteFile } from '../sqlite-file.ts';
import { CrawlRow } from './crawl-row.ts';
import type { FrontierTable } from './frontier-table.ts';
import { int, type Row, text, textOrNull } from './rows.ts';
import { changesOf, isFree, lostRunMs, readTaskRow, statusOf } from './task-rows.ts';

/** How long the events of an ended task are kept, in milliseconds. */
const EVENTS_KEPT_MS = 24 * 60 * 60 * 1000;
/** Tasks that one claim compares. */
const MAX_CLAIMABLE = 100;

export interface NewTask {
  readonly id: string;
  readonly spec: TaskSpec;
  readonly idempotencyKey: string | null;
  /** Tasks with a smaller number start first. */
  readonly priority: number;
  /** Maximum number of pending tasks. */
  readonly maxWaiting: number;
  /** Epoch ms. */
  readonly now: number;
}

export interface TaskClaim {
  readonly queues: readonly QueueName[];
  /** Id of the only task to claim; null for any. */
  readonly only: string | null;
  readonly owner: string;
  readonly leaseMs: number;
  /** Epoch ms. */
  readonly now: number;
}

/** The records of tasks. Pause and cancel change the record and the frontier in one transaction. */
export class TaskTable {
  readonly #file: SqliteFile;
  readonly #frontier: FrontierTable;
  readonly #gate: GateTable;
  readonly #events: EventTable;

  constructor(file: SqliteFile, frontier: FrontierTable, gate: GateTable, events: EventTable) {
    this.#file = file;
    this.#frontier = frontier;
    this.#gate = gate;
    this.#events = events;
  }

  submit({ id, spec, idempotencyKey, priority, maxWaiting, now }: NewTask): TaskRecord {
    return this.#file.transaction(() => {
      const existing = idempotencyKey === null ? null : this.#byKey(idempotencyKey, spec);
      if (existing !== null) return existing;
      this.#requireRoom(maxWaiting);
      this.#events.deleteEnded(now - EVENTS_KEPT_MS);
      this.#file
        .sql(`INSERT INTO task (id, queue, url, spec, idempotency_key, priority, status, message, created_at)
          VALUES (?, ?, ?, ?, ?, ?, 'pending', 'Waiting to start', ?)`)
        .run(id, spec.queue, spec.options.url, JSON.stringify(spec), idempotencyKey, priority, now);
      return this.#get(id);
    });
  }

  get(id: string): TaskRecord | null {
    const row = this.#row(id);
    return row === null ? null : this.#record(row);
  }

  list({ status, cursor, limit }: TaskFilter): TaskPage {
    const before = readCursor(cursor, Number.MAX_SAFE_INTEGER);
    const rows = this.#file
      .sql('SELECT * FROM task WHERE n < ? AND (? IS NULL OR status = ?) ORDER BY n DESC LIMIT ?')
      .all(before, status, status, limit) as Row[];
    const last = rows.at(-1);
    return {
      tasks: rows.map((row) => this.#record(row)),
      next: rows.length === limit && last !== undefined ? String(int(last, 'n')) : null,
    };
  }

  findUnfinished(queue: QueueName, url: string): TaskRecord | null {
    const row = this.#file
      .sql(`SELECT * FROM task WHERE queue = ? AND url = ? AND status IN ('pending', 'in_progress', 'paused')
        ORDER BY n DESC LIMIT 1`)
      .get(queue, url) as Row | undefined;
    return row === undefined ? null : this.#record(row);
  }

  /** Claims the first pending task, or one whose run is lost. Returns null if there is none. */
  claim(request: TaskClaim): TaskRecord | null {
    const { owner, leaseMs, now } = request;
    return this.#file.transaction(() => {
      this.#releaseCancelled(now);
      const row = this.#claimable(request).find((candidate) => isFree(candidate, now));
      if (row === undefined) return null;
      const id = text(row, 'id');
      this.#file
        .sql(`UPDATE task SET status = 'in_progress', owner = ?, lease_until = ?, run_started_at = ?,
          started_at = coalesce(started_at, ?), ran_ms = ran_ms + ?, error = NULL WHERE id = ?`)
        .run(owner, now + leaseMs, now, now, lostRunMs(row, leaseMs), id);
      const lostOwner = textOrNull(row, 'owner');
      if (lostOwner !== null) this.#release(id, lostOwner);
      return this.#get(id);
    });
  }

  /** Extends the run's lease. Returns the task's status, or null if the run has lost the task. */
  heartbeat(id: string, owner: string, leaseUntil: number): TaskStatus | null {
    const row = this.#row(id);
    if (row === null || textOrNull(row, 'owner') !== owner) return null;
    this.#file.sql('UPDATE task SET lease_until = ? WHERE id = ?').run(leaseUntil, id);
    return statusOf(row);
  }

  report(id: string, owner: string, { progress, message }: TaskProgress): void {
    this.#file
      .sql('UPDATE task SET progress = ?, message = ? WHERE id = ? AND owner = ?')
      .run(progress, message, id, owner);
  }

  /** Saves the outcome of a run. Changes nothing if the run has lost its task. */
  endRun(id: string, owner: string, outcome: RunOutcome, now: number): TaskRecord | null {
    return this.#file.transaction(() => {
      const row = this.#row(id);
      if (row === null || textOrNull(row, 'owner') !== owner) return this.get(id);
      this.#file
        .sql(
          'UPDATE task SET owner = NULL, lease_until = NULL, ran_ms = ran_ms + ? - coalesce(run_started_at, ?) WHERE id = ?',
        )
        .run(now, now, id);
      this.#release(id, owner);
      if (statusOf(row) === 'in_progress') this.#saveOutcome(id, outcome, now);
      return this.get(id);
    });
  }

  cancel(id: string, now: number): TaskRecord | null {
    return this.#control(id, (status, row) => {
      if (isFinal(status)) return;
      this.#setCrawlControl(id, 'cancelled');
      this.#closeFrontier(id, row, now);
      this.#file
        .sql(`UPDATE task SET status = 'cancelled', message = 'Cancelled', finished_at = ? WHERE id = ?`)
        .run(now, id);
    });
  }

  pause(id: string): TaskRecord | null {
    return this.#control(id, (status) => {
      if (status !== 'pending' && status !== 'in_progress') return;
      this.#setCrawlControl(id, 'paused');
      this.#file.sql(`UPDATE task SET status = 'paused' WHERE id = ?`).run(id);
    });
  }

  resume(id: string): TaskRecord | null {
    return this.#control(id, (status) => {
      if (status !== 'paused' && status !== 'failed') return;
      this.#setCrawlControl(id, 'running');
      this.#file
        .sql(
          `UPDATE task SET status = 'pending', not_before = 0, error = NULL, finished_at = NULL WHERE id = ?`,
        )
        .run(id);
    });
  }

  amend(id: string, changes: OptionChanges): TaskRecord | null {
    return this.#control(id, (status, row) => {
      if (status !== 'paused') {
        throw new WaymarkError('task-not-paused', `The task is ${status}: pause it before it is changed.`);
      }
      const all = { ...changesOf(row), ...changes };
      this.#file
        .sql('UPDATE task SET changes = ?, amendments = amendments + 1 WHERE id = ?')
        .run(JSON.stringify(all), id);
    });
  }

  #control(id: string, change: (status: TaskStatus, row: Row) => void): TaskRecord | null {
    return this.#file.transaction(() => {
      const row = this.#row(id);
      if (row === null) return null;
      change(statusOf(row), row);
      return this.#get(id);
    });
  }

  /** Skips the pending pages and releases those of a dead run. A living run releases its own pages. */
  #closeFrontier(id: string, row: Row, now: number): void {
    if (CrawlRow.find(this.#file, id) === null) return;
    this.#frontier.close(id, 'cancelled');
    const owner = textOrNull(row, 'owner');
    if (owner !== null && isFree(row, now)) this.#release(id, owner);
  }

  /** Releases the pages of runs that were lost after their tasks were cancelled: nobody claims these tasks again. */
  #releaseCancelled(now: number): void {
    const rows = this.#file
      .sql(`SELECT * FROM task WHERE owner IS NOT NULL AND status = 'cancelled'`)
      .all() as Row[];
    for (const row of rows.filter((candidate) => isFree(candidate, now))) {
      const id = text(row, 'id');
      this.#release(id, text(row, 'owner'));
      this.#file.sql('UPDATE task SET owner = NULL, lease_until = NULL WHERE id = ?').run(id);
    }
  }

  /** Releases the pages of a run and its visits at the host gate. */
  #release(id: string, owner: string): void {
    if (CrawlRow.find(this.#file, id) !== null) this.#frontier.releaseOwner(id, owner);
    this.#gate.releaseOwner(owner);
  }

  #setCrawlControl(id: string, control: string): void {
    this.#file
      .sql(
        'INSERT INTO crawl (id, control) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET control = excluded.control',
      )
      .run(id, control);
  }

  #saveOutcome(id: string, outcome: RunOutcome, now: number): void {
    switch (outcome.kind) {
      case 'completed':
        this.#finish(id, 'completed', 'Completed', JSON.stringify(outcome.result), null, now);
        return;
      case 'failed':
        this.#finish(id, 'failed', outcome.error.message, null, JSON.stringify(outcome.error), now);
        return;
      case 'retry':
        this.#file
          .sql(
            `UPDATE task SET status = 'pending', retries = retries + 1, not_before = ?, error = ? WHERE id = ?`,
          )
          .run(outcome.notBefore, JSON.stringify(outcome.error), id);
        return;
      case 'stopped':
        this.#file.sql(`UPDATE task SET status = 'pending' WHERE id = ?`).run(id);
    }
  }

  #finish(
    id: string,
    status: TaskStatus,
    message: string,
    result: string | null,
    error: string | null,
    now: number,
  ): void {
    this.#file
      .sql(`UPDATE task SET status = ?, message = ?, result = ?, error = ?, finished_at = ?,
        progress = CASE WHEN ? = 'completed' THEN 100 ELSE progress END WHERE id = ?`)
      .run(status, message, result, error, now, status, id);
  }

  #claimable({ queues, only, now }: TaskClaim): Row[] {
    const marks = queues.map(() => '?').join();
    return this.#file
      .sql(`SELECT * FROM task WHERE (status = 'in_progress' OR (status = 'pending' AND not_before <= ?))
        AND queue IN (${marks}) AND (? IS NULL OR id = ?) ORDER BY priority, n LIMIT ${MAX_CLAIMABLE}`)
      .all(now, ...queues, only, only) as Row[];
  }

  #byKey(key: string, spec: TaskSpec): TaskRecord | null {
    const row = this.#file.sql('SELECT * FROM task WHERE idempotency_key = ?').get(key) as Row | undefined;
    if (row === undefined) return null;
    if (isDeepStrictEqual(readStoredSpec(text(row, 'spec')), spec)) return this.#record(row);
    throw new WaymarkError('idempotency-conflict', 'Use a new Idempotency-Key for a request that differs.');
  }

  #requireRoom(maxWaiting: number): void {
    const row = this.#file.sql(`SELECT count(*) AS tasks FROM task WHERE status = 'pending'`).get() as Row;
    if (int(row, 'tasks') >= maxWaiting) {
      throw new WaymarkError(
        'too-many-tasks',
        `${maxWaiting} tasks are waiting already: try again when some have run.`,
      );
    }
  }

  #row(id: string): Row | null {
    return (this.#file.sql('SELECT * FROM task WHERE id = ?').get(id) as Row | undefined) ?? null;
  }

  #get(id: string): TaskRecord {
    const record = this.get(id);
    if (record === null) throw new WaymarkError('task-not-found', `There is no task ${id}.`);
    return record;
  }

  #record(row: Row): TaskRecord {
    return readTaskRow(row, CrawlRow.find(this.#file, text(row, 'id'))?.counts ?? null);
  }
}
