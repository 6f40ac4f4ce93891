import { describe, expect, it } from 'vitest';
import { BatchDelay } from '../../../actors/pages/batch-delay.ts';
import type { FrontierCounts } from '../../../src/model/frontier-url.ts';

function counts(some: Partial<FrontierCounts>): FrontierCounts {
  return { found: 0, done: 0, failed: 0, skipped: 0, pending: 0, active: 0, ...some };
}

function lingerAfter(maxPages: number | null, some: Partial<FrontierCounts>): number {
  const pace = new BatchDelay(maxPages);
  pace.note(counts(some));
  return pace.lingerMs;
}

describe('pages that are written', () => {
  it('do not wait for others while the crawl waits for their links', () => {
    expect(new BatchDelay(null).lingerMs).toBe(20);
    expect(lingerAfter(null, { pending: 63, active: 16 })).toBe(20);
  });

  it('wait for others while there is plenty to visit', () => {
    expect(lingerAfter(null, { pending: 64 })).toBe(2000);
    expect(lingerAfter(200, { pending: 500, done: 120, active: 16 })).toBe(2000);
  });

  it('do not wait when the crawl may visit few more, however many it has seen', () => {
    expect(lingerAfter(200, { pending: 500, done: 121, active: 16 })).toBe(20);
    expect(lingerAfter(10, { pending: 500, done: 10 })).toBe(20);
  });
});
