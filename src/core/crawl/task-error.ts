import type { TaskError } from '../../model/task.ts';
import { messageOf, WaymarkError } from '../errors.ts';

/** What the record of a task says of a run that was rejected. */
export function taskError(error: unknown): TaskError {
  return error instanceof WaymarkError
    ? { code: error.code, message: error.message }
    : { code: 'internal', message: messageOf(error) };
}
