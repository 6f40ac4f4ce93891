import type { QueueName, TaskError } from '../../model/task.ts';
import { ERRORS, type ErrorCode, messageOf, WaymarkError } from '../errors.ts';

/** Runs of a task after its first failure. */
export const TASK_RETRIES = 3;
/** Milliseconds before the first of them. */
export const TASK_COUNTDOWN_MS = 60_000;
/** An unreachable seed has been retried as a page already. */
const FINAL_CODES: readonly string[] = ['seed-failed'];

/** Whether a task that failed with this code runs again. Crawls of the command line never do: a person is waiting. */
export function shouldRetryTask(
  code: string,
  retries: number,
  queue: QueueName,
  mostRetries = TASK_RETRIES,
): boolean {
  if (queue === 'command' || retries >= mostRetries || FINAL_CODES.includes(code)) return false;
  return code in ERRORS && ERRORS[code as ErrorCode].retryable;
}

/** Milliseconds before the next run, given how many retries there were: countdown × (n + 1). */
export function retryDelay(retries: number, countdownMs = TASK_COUNTDOWN_MS): number {
  return countdownMs * (retries + 1);
}

/** What the record of a task says of a run that was rejected. */
export function taskError(error: unknown): TaskError {
  return error instanceof WaymarkError
    ? { code: error.code, message: error.message }
    : { code: 'internal', message: messageOf(error) };
}
