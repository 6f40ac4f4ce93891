import type { Clock } from '../ports/clock.ts';
import { pause } from './deadline.ts';
import { type ErrorCode, WaymarkError } from './errors.ts';

const OUTAGES: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['neo4j-unreachable', 'redis-unreachable']);

/** Whether an error means that a store is unavailable: the same call succeeds once the store is back. */
export function isOutage(error: unknown): boolean {
  return error instanceof WaymarkError && OUTAGES.has(error.code);
}

/** Delay before the second attempt; doubled for each further one. */
const FIRST_MS = 200;
const LONGEST_MS = 5000;

export interface RetryPolicy {
  readonly clock: Clock;
  /** Aborts when the run is stopped: errors of an unavailable store then pass through too. */
  readonly signal: AbortSignal;
  /** Called after each failed attempt. */
  readonly onWait: () => void;
}

/**
 * Wraps a store: a call that fails because the store is unavailable is retried until it succeeds, however long that takes.
 * Callers that wait take no further work, so no queue grows. Other errors pass through. Calls must be idempotent.
 */
export function retryWhileUnavailable<T extends object>(store: T, policy: RetryPolicy): T {
  return new Proxy(store, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]) => retry(() => Reflect.apply(value, target, args), policy);
    },
  });
}

async function retry(call: () => unknown, { clock, signal, onWait }: RetryPolicy): Promise<unknown> {
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
