import type { Clock } from '../ports/clock.ts';

/** Waits, but not past an abort. */
export function pause(ms: number, clock: Clock, signal: AbortSignal): Promise<void> {
  if (ms <= 0 || signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      cancelTimer();
      signal.removeEventListener('abort', done);
      resolve();
    };
    const cancelTimer = clock.after(ms, done);
    signal.addEventListener('abort', done, { once: true });
  });
}
