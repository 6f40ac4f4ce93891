import type { Clock } from '../ports/clock.ts';
import { type ErrorCode, WaymarkError } from './errors.ts';
import { pause } from './pause.ts';

const OUTAGES: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['neo4j-unreachable', 'redis-unreachable']);

/** Whether an error says that a store is away: the same call succeeds once it is back. */
export function isOutage(error: unknown): boolean {
  return error instanceof WaymarkError && OUTAGES.has(error.code);
}

/** Wait before the second try, doubled for each further one. */
const FIRST_MS = 200;
const LONGEST_MS = 5000;

export interface RetryPolicy {
  readonly clock: Clock;
  /** Who waits has been told to stop: then an outage is passed on as well. */
  readonly signal: AbortSignal;
  /** Told at each failed try. */
  readonly onWait: () => void;
}

/**
 * A store whose calls wait for the end of an outage, however long it takes: who waits for one of them takes no further
 * work, so nothing grows. Other errors are passed on. Calls must be such that doing them twice does no harm.
 */
export function retryWhileUnavailable<T extends object>(store: T, patience: RetryPolicy): T {
  return new Proxy(store, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]) => persist(() => Reflect.apply(value, target, args), patience);
    },
  });
}

async function persist(call: () => unknown, { clock, signal, onWait }: RetryPolicy): Promise<unknown> {
  for (let waitMs = FIRST_MS; ; waitMs = Math.min(waitMs * 2, LONGEST_MS)) {
    try {
      return await call();
    } catch (error) {
      if (signal.aborted || !isOutage(error)) throw error;
      onWait();
      await pause(waitMs, clock, signal);
    }
  }
}
