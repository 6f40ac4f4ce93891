import { type ErrorCode, WaymarkError } from '../../core/errors.ts';
import type { ProblemExtras } from './problem.ts';

/** An error of a request, with what its problem details hold beside code and words. */
export class ProblemError extends WaymarkError {
  readonly extras: ProblemExtras;

  constructor(code: ErrorCode, message: string, extras: ProblemExtras) {
    super(code, message);
    this.extras = extras;
  }
}
