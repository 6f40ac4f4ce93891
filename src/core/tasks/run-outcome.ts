import type { TaskError, TaskRecord, TaskStatus } from '../../model/task.ts';
import type { TaskResult } from '../../model/task-result.ts';
import type { StopReason } from '../../ports/task-queue.ts';
import { retryDelay, shouldRetryTask, taskError } from '../crawl/task-failure.ts';

/** How a run left its task. */
export type RunOutcome =
  | { readonly kind: 'completed'; readonly result: TaskResult }
  | { readonly kind: 'failed'; readonly error: TaskError }
  /** `notBefore`: earliest start of the next run (epoch ms). */
  | { readonly kind: 'retry'; readonly error: TaskError; readonly notBefore: number }
  /** A task that is neither paused nor cancelled waits for its next run. */
  | { readonly kind: 'stopped' };

export interface RetryRules {
  /** Runs after the first failure. */
  readonly retries?: number;
  /** Milliseconds before the first retry. */
  readonly retryDelayMs?: number;
}

/** Outcome of a run whose handler rejected. `now` is epoch ms. */
export function failedRun(
  error: unknown,
  { retries, spec }: TaskRecord,
  now: number,
  rules: RetryRules = {},
): Extract<RunOutcome, { kind: 'failed' | 'retry' }> {
  const reason = taskError(error);
  return shouldRetryTask(reason.code, retries, spec.queue, rules.retries)
    ? { kind: 'retry', error: reason, notBefore: now + retryDelay(retries, rules.retryDelayMs) }
    : { kind: 'failed', error: reason };
}

/** Why a run must stop, by its task's status; null while it goes on. A run that lost its task (null) stops as well. */
export function stopReason(status: TaskStatus | null): StopReason | null {
  if (status === 'in_progress') return null;
  return status === 'paused' || status === 'cancelled' ? status : 'shutdown';
}

const FINAL: readonly TaskStatus[] = ['completed', 'failed', 'cancelled'];

export function isFinal(status: TaskStatus): boolean {
  return FINAL.includes(status);
}
