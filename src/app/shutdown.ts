import { withDeadline } from '../core/deadline.ts';
import { systemClock } from '../drivers/system/clock.ts';
import type { Logger } from '../ports/logger.ts';

/** How a command ended. */
export const ExitCode = {
  done: 0,
  failed: 1,
  usage: 2,
  /** A worker has done enough and wants to be started anew (EX_TEMPFAIL of sysexits.h). */
  recycled: 75,
  interrupted: 130,
} as const;

/** Repeats of a signal within this time are the same key press, delivered by more than one parent. */
const SAME_PRESS_MS = 1000;
const EXIT_AT_ONCE = 130;

/** Resolves on the first SIGINT, SIGTERM or SIGHUP; a further one, later, ends the process at once. */
export function interrupted(): { readonly promise: Promise<NodeJS.Signals>; readonly ignore: () => void } {
  const { promise, resolve } = Promise.withResolvers<NodeJS.Signals>();
  let firstAt = 0;
  const heed = (signal: NodeJS.Signals) => {
    if (firstAt === 0) {
      firstAt = performance.now();
      resolve(signal);
    } else if (performance.now() - firstAt > SAME_PRESS_MS) process.exit(EXIT_AT_ONCE);
  };
  const signals: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, heed);
  return { promise, ignore: () => signals.forEach((signal) => void process.off(signal, heed)) };
}

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
