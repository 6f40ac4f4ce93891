import { isOutage } from '../src/core/outage.ts';
import type { Clock } from '../src/ports/clock.ts';

/** Wait before the second try, doubled for each further one. */
const FIRST_MS = 200;
const LONGEST_MS = 5000;

/**
 * A store whose calls wait for the end of an outage, however long it takes: who waits for one of them takes no further
 * work, so nothing grows. Other errors are passed on. Calls must be such that doing them twice does no harm.
 *
 * @param onWait told at each failed try.
 */
export function outlastOutages<T extends object>(store: T, clock: Clock, onWait: () => void): T {
  return new Proxy(store, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]) => persist(() => Reflect.apply(value, target, args), clock, onWait);
    },
  });
}

async function persist(call: () => unknown, clock: Clock, onWait: () => void): Promise<unknown> {
  for (let waitMs = FIRST_MS; ; waitMs = Math.min(waitMs * 2, LONGEST_MS)) {
    try {
      return await call();
    } catch (error) {
      if (!isOutage(error)) throw error;
      onWait();
      await new Promise<void>((resolve) => clock.after(waitMs, resolve));
    }
  }
}
