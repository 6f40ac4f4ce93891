import { describe, expect, it } from 'vitest';
import { Known } from '../../src/core/known.ts';

describe('things that are known', () => {
  it('are remembered with what was said of them last', () => {
    const known = new Known<number>(10);
    known.add('a', 1);
    known.add('a', 2);
    expect(known.get('a')).toBe(2);
    expect(known.get('b')).toBeUndefined();
  });

  it('are a bounded many: those that are used stay', () => {
    const known = new Known<number, number>(10);
    for (let n = 1; n <= 100; n += 1) {
      known.add(n, n);
      known.get(1);
    }
    const kept = Array.from({ length: 100 }, (_, n) => n + 1).filter((n) => known.get(n) === n);
    expect(kept).toContain(1);
    expect(kept).toContain(100);
    expect(kept.length).toBeLessThanOrEqual(11);
  });
});
