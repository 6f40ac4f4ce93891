import { expect } from 'vitest';
import type { FrontierCounts } from '../../../src/model/frontier-url.ts';
import type { Frontier } from '../../../src/ports/frontier.ts';

const METHODS_THAT_CHANGE: readonly (keyof Frontier)[] = [
  'add',
  'claim',
  'extend',
  'complete',
  'release',
  'releaseOwner',
  'identify',
  'saveListTrack',
  'close',
  'amend',
];

/** The same frontier, but after every operation its counts must add up (and keep to `maxPages`). */
export function checkedFrontier(frontier: Frontier, maxPages: number | null = null): Frontier {
  return new Proxy(frontier, {
    get(target, name: keyof Frontier) {
      const method: unknown = Reflect.get(target, name);
      if (typeof method !== 'function') return method;
      return async (...args: unknown[]) => {
        const answer = await Reflect.apply(method, target, args);
        if (METHODS_THAT_CHANGE.includes(name)) expectToAddUp(await target.counts(), maxPages);
        return answer;
      };
    },
  });
}

function expectToAddUp(counts: FrontierCounts, maxPages: number | null): void {
  const { found, done, failed, skipped, pending, active } = counts;
  expect(done + failed + skipped + pending + active, JSON.stringify(counts)).toBe(found);
  expect(Math.min(done, failed, skipped, pending, active), JSON.stringify(counts)).toBeGreaterThanOrEqual(0);
  if (maxPages !== null) expect(done, JSON.stringify(counts)).toBeLessThanOrEqual(maxPages);
}
