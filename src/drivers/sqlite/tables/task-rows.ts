import { amendedSpec } from '../../../core/crawl/crawl-options.ts';
import { readStoredResult, readStoredSpec } from '../../../core/tasks/stored-task.ts';
import type { OptionChanges } from '../../../model/crawl-options.ts';
import type { FrontierCounts } from '../../../model/frontier-url.ts';
import type { TaskError, TaskRecord, TaskStatus } from '../../../model/task.ts';
import { ownerState } from '../../system/process-identity.ts';
import { int, intOrNull, type Row, text, textOrNull } from './rows.ts';

const NO_COUNTS = { found: 0, done: 0, failed: 0, skipped: 0, pending: 0, active: 0 } as const;

/** @param counts null for a task without a frontier. */
export function readTaskRow(row: Row, counts: FrontierCounts | null): TaskRecord {
  const [result, error] = [textOrNull(row, 'result'), textOrNull(row, 'error')];
  return {
    id: text(row, 'id'),
    spec: amendedSpec(readStoredSpec(text(row, 'spec')), changesOf(row)),
    amendments: int(row, 'amendments'),
    status: statusOf(row),
    progress: int(row, 'progress'),
    message: text(row, 'message'),
    counts: counts ?? NO_COUNTS,
    retries: int(row, 'retries'),
    ranMs: int(row, 'ran_ms'),
    result: result === null ? null : readStoredResult(result),
    error: error === null ? null : (JSON.parse(error) as TaskError),
    createdAt: int(row, 'created_at'),
    startedAt: intOrNull(row, 'started_at'),
    finishedAt: intOrNull(row, 'finished_at'),
  };
}

export function statusOf(row: Row): TaskStatus {
  return text(row, 'status') as TaskStatus;
}

/** The changes of the options since the submission. */
export function changesOf(row: Row): OptionChanges {
  const changes = textOrNull(row, 'changes');
  return changes === null ? {} : (JSON.parse(changes) as OptionChanges);
}

/**
 * Whether no living run holds the task: it has no owner, the owner's process is gone, or the lease has run out. A process
 * in another PID namespace cannot be seen; only its lease counts.
 */
export function isFree(row: Row, now: number): boolean {
  const owner = textOrNull(row, 'owner');
  return owner === null || (intOrNull(row, 'lease_until') ?? 0) < now || ownerState(owner) === 'gone';
}

/** Milliseconds that the lost run of this task took, until its last heartbeat. */
export function lostRunMs(row: Row, leaseMs: number): number {
  const startedAt = intOrNull(row, 'run_started_at');
  const leaseUntil = intOrNull(row, 'lease_until');
  if (textOrNull(row, 'owner') === null || startedAt === null || leaseUntil === null) return 0;
  return Math.max(0, leaseUntil - leaseMs - startedAt);
}
