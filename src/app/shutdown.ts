import { withDeadline } from '../core/deadline.ts';
import { systemClock } from '../drivers/system/clock.ts';
import type { Logger } from '../ports/logger.ts';

/** Exit codes of the commands. */
export const ExitCode = {
  done: 0,
  failed: 1,
  usage: 2,
  /** A fault of this program (EX_SOFTWARE of sysexits.h). `serve` and `start` are started again after it. */
  crashed: 70,
  /** A worker has reached a limit and must be restarted (EX_TEMPFAIL of sysexits.h). */
  recycled: 75,
  interrupted: 130,
} as const;

/** A repeated signal within this time is the same key press, forwarded by another parent process. */
const SAME_PRESS_MS = 1000;

/** Resolves on the first SIGINT, SIGTERM or SIGHUP. A later one exits the process at once. */
export function interrupted(): { readonly promise: Promise<NodeJS.Signals>; readonly ignore: () => void } {
  const { promise, resolve } = Promise.withResolvers<NodeJS.Signals>();
  let firstAt = 0;
  const onSignal = (signal: NodeJS.Signals) => {
    if (firstAt === 0) {
      firstAt = performance.now();
      resolve(signal);
    } else if (performance.now() - firstAt > SAME_PRESS_MS) process.exit(ExitCode.interrupted);
  };
  const signals: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, onSignal);
  return { promise, ignore: () => signals.forEach((signal) => void process.off(signal, onSignal)) };
}

/**
 * Closes a service, which releases its tasks. If that takes longer than `seconds` (a store can be unavailable), exits the
 * process: the leases expire and other workers take over.
 */
export async function drain(close: () => Promise<void>, seconds: number, log: Logger): Promise<void> {
  const late = new Error('late');
  const closed = close();
  try {
    await withDeadline(closed, { ms: seconds * 1000, clock: systemClock, error: () => late });
  } catch (error) {
    if (error !== late) throw error;
    log.error('Not all tasks were released in time. Other workers take over when the leases expire', {
      seconds,
    });
    process.exit(ExitCode.failed);
  }
}
