import { isDeepStrictEqual } from 'node:util';
import { amendedSpec } from '../../../core/crawl/crawl-options.ts';
import { WaymarkError } from '../../../core/errors.ts';
import { readCursor } from '../../../core/number-cursor.ts';
import type { OptionChanges } from '../../../model/crawl-options.ts';
import type {
  QueueName,
  TaskError,
  TaskFilter,
  TaskPage,
  TaskProgress,
  TaskRecord,
  TaskSpec,
  TaskStatus,
} from '../../../model/task.ts';
import type { TaskResult } from '../../../model/task-result.ts';
import type { EventTable } from '../event-log.ts';
import type { GateTable } from '../host-gate.ts';
import type { SqliteFile } from '../sqlite-file.ts';
import { CrawlRow } from './crawl-row.ts';
import type { FrontierTable } from './frontier-table.ts';
import { ownerLives } from './owner.ts';
import { int, intOrNull, type Row, text, textOrNull } from './rows.ts';

const NO_COUNTS = { found: 0, done: 0, failed: 0, skipped: 0, pending: 0, active: 0 } as const;
/** How long the events of an ended task are kept, in milliseconds. */
const EVENTS_KEPT_MS = 24 * 60 * 60 * 1000;
const FINAL: readonly TaskStatus[] = ['completed', 'failed', 'cancelled'];

export interface NewTask {
  readonly id: string;
  readonly spec: TaskSpec;
  readonly idempotencyKey: string | null;
  /** Smaller numbers are begun first. */
  readonly priority: number;
  readonly maxWaiting: number;
  readonly now: number;
}

export interface TaskClaim {
  readonly queues: readonly QueueName[];
  readonly only: string | null;
  readonly owner: string;
  readonly leaseUntil: number;
  readonly now: number;
}

/** How a run left its task. */
export type RunOutcome =
  | { readonly kind: 'completed'; readonly result: TaskResult }
  | { readonly kind: 'failed'; readonly error: TaskError }
  | { readonly kind: 'retry'; readonly error: TaskError; readonly notBefore: number }
  /** Stopped: a task that is neither paused nor cancelled waits for its next run. */
  | { readonly kind: 'stopped' };

/** The records of tasks: the truth about each. Pause and cancel change record and frontier in one step. */
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
      const known = idempotencyKey === null ? null : this.#byKey(idempotencyKey, spec);
      if (known !== null) return known;
      this.#refuseTooMany(maxWaiting);
      this.#events.forgetEnded(now - EVENTS_KEPT_MS);
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

  /** Takes the oldest task that waits, or one whose worker is gone; answers the dead owner too. */
  claim(request: TaskClaim): { readonly task: TaskRecord; readonly lostOwner: string | null } | null {
    return this.#file.transaction(() => {
      const row = this.#claimable(request).find((candidate) => isFree(candidate, request.now));
      if (row === undefined) return null;
      const id = text(row, 'id');
      this.#file
        .sql(`UPDATE task SET status = 'in_progress', owner = ?, lease_until = ?, run_started_at = ?,
          started_at = coalesce(started_at, ?), ran_ms = ran_ms + ?, error = NULL WHERE id = ?`)
        .run(request.owner, request.leaseUntil, request.now, request.now, lostRunMs(row, request), id);
      const lostOwner = textOrNull(row, 'owner');
      if (lostOwner !== null) this.#handBack(id, lostOwner);
      return { task: this.#get(id), lostOwner };
    });
  }

  /** Prolongs the run's lease; answers the task's status now, or null if the run has lost it. */
  heartbeat(id: string, owner: string, leaseUntil: number): TaskStatus | null {
    const row = this.#row(id);
    if (row === null || textOrNull(row, 'owner') !== owner) return null;
    this.#file.sql('UPDATE task SET lease_until = ? WHERE id = ?').run(leaseUntil, id);
    return text(row, 'status') as TaskStatus;
  }

  report(id: string, owner: string, { progress, message }: TaskProgress): void {
    this.#file
      .sql('UPDATE task SET progress = ?, message = ? WHERE id = ? AND owner = ?')
      .run(progress, message, id, owner);
  }

  /** Settles a run. Nothing changes if the run has lost its task meanwhile. */
  endRun(id: string, owner: string, outcome: RunOutcome, now: number): TaskRecord | null {
    return this.#file.transaction(() => {
      const row = this.#row(id);
      if (row === null || textOrNull(row, 'owner') !== owner) return this.get(id);
      this.#file
        .sql(
          'UPDATE task SET owner = NULL, lease_until = NULL, ran_ms = ran_ms + ? - coalesce(run_started_at, ?) WHERE id = ?',
        )
        .run(now, now, id);
      this.#handBack(id, owner);
      if (text(row, 'status') === 'in_progress') this.#settle(id, outcome, now);
      return this.get(id);
    });
  }

  cancel(id: string, now: number): TaskRecord | null {
    return this.#control(id, (status) => {
      if (FINAL.includes(status)) return;
      this.#setCrawlControl(id, 'cancelled');
      this.#closeFrontier(id);
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
      change(text(row, 'status') as TaskStatus, row);
      return this.#get(id);
    });
  }

  /** What waits is settled now; what a dead worker held, too. A living worker hands back its own pages. */
  #closeFrontier(id: string): void {
    if (CrawlRow.find(this.#file, id) === null) return;
    this.#frontier.close(id, 'cancelled');
    const row = this.#row(id);
    const owner = row === null ? null : textOrNull(row, 'owner');
    if (owner !== null && !ownerLives(owner)) this.#handBack(id, owner);
  }

  /** Frees what a run held: its pages, and its places at the gates of hosts. */
  #handBack(id: string, owner: string): void {
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

  #settle(id: string, outcome: RunOutcome, now: number): void {
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
        AND queue IN (${marks}) AND (? IS NULL OR id = ?) ORDER BY priority, n LIMIT 100`)
      .all(now, ...queues, only, only) as Row[];
  }

  #byKey(key: string, spec: TaskSpec): TaskRecord | null {
    const row = this.#file.sql('SELECT * FROM task WHERE idempotency_key = ?').get(key) as Row | undefined;
    if (row === undefined) return null;
    if (isDeepStrictEqual(JSON.parse(text(row, 'spec')), spec)) return this.#record(row);
    throw new WaymarkError('idempotency-conflict', 'Use a new Idempotency-Key for a request that differs.');
  }

  #refuseTooMany(most: number): void {
    const row = this.#file.sql(`SELECT count(*) AS tasks FROM task WHERE status = 'pending'`).get() as Row;
    if (int(row, 'tasks') >= most) {
      throw new WaymarkError(
        'too-many-tasks',
        `${most} tasks are waiting already: try again when some have run.`,
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
    const id = text(row, 'id');
    return {
      id,
      spec: amendedSpec(JSON.parse(text(row, 'spec')) as TaskSpec, changesOf(row)),
      amendments: int(row, 'amendments'),
      status: text(row, 'status') as TaskStatus,
      progress: int(row, 'progress'),
      message: text(row, 'message'),
      counts: CrawlRow.find(this.#file, id)?.counts ?? NO_COUNTS,
      retries: int(row, 'retries'),
      ranMs: int(row, 'ran_ms'),
      result: readJson<TaskResult>(textOrNull(row, 'result')),
      error: readJson<TaskError>(textOrNull(row, 'error')),
      createdAt: int(row, 'created_at'),
      startedAt: intOrNull(row, 'started_at'),
      finishedAt: intOrNull(row, 'finished_at'),
    };
  }
}

/** A task is free when no run holds it, or when that run's worker is dead or has let its lease run out. */
function isFree(row: Row, now: number): boolean {
  const owner = textOrNull(row, 'owner');
  return owner === null || (intOrNull(row, 'lease_until') ?? 0) < now || !ownerLives(owner);
}

/** How long the lost run of this task ran, to its last heartbeat. */
function lostRunMs(row: Row, { leaseUntil, now }: TaskClaim): number {
  const startedAt = intOrNull(row, 'run_started_at');
  const heldUntil = intOrNull(row, 'lease_until');
  if (textOrNull(row, 'owner') === null || startedAt === null || heldUntil === null) return 0;
  return Math.max(0, heldUntil - (leaseUntil - now) - startedAt);
}

function changesOf(row: Row): OptionChanges {
  return readJson<OptionChanges>(textOrNull(row, 'changes')) ?? {};
}

function readJson<T>(value: string | null): T | null {
  return value === null ? null : (JSON.parse(value) as T);
}
