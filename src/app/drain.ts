import { withDeadline } from '../core/deadline.ts';
import { systemClock } from '../drivers/system/clock.ts';
import type { Logger } from '../ports/logger.ts';
import { ExitCode } from './exit-code.ts';

/**
 * Closes what runs, which hands its work back. What has not closed after `seconds` (a store may be away) is dropped with
 * the process: leases run out, and others take the work over.
 */
export async function drain(close: () => Promise<void>, seconds: number, log: Logger): Promise<void> {
  const late = new Error('late');
  const closed = close();
  try {
    await withDeadline(closed, { ms: seconds * 1000, clock: systemClock, error: () => late });
  } catch (error) {
    if (error !== late) throw error;
    log.error('not everything was handed back in time; the leases will run out', { seconds });
    process.exit(ExitCode.failed);
  }
}
