import { describe, expect, it } from 'vitest';
import { EdgeCache, PackedEdges } from '../../../src/core/map/edge-cache.ts';

/** A node with three edges takes 88 bytes or more. */
const MAX_IN_1000_BYTES = 12;

/** Nodes with so many edges each. */
function nodes(numbers: readonly number[], edges: number): PackedEdges {
  const found = new PackedEdges();
  for (const of of numbers) {
    const to = Array.from({ length: edges }, (_, n) => n);
    found.add('links', of, { to, costs: to, labels: [] });
  }
  return found;
}

function kept(cache: EdgeCache, numbers: readonly number[]): readonly number[] {
  return numbers.filter((n) => cache.get('links', n) !== undefined);
}

describe('edges that are kept at hand', () => {
  it('hold as long as nothing was written', () => {
    const cache = new EdgeCache(10_000);
    cache.turnTo(['one']);
    cache.keep(nodes([1], 2), ['one'], ['one']);
    expect(kept(cache, [1, 2])).toEqual([1]);
    expect(cache.get('shows', 1)).toBeUndefined();
    cache.turnTo(['one']);
    expect(kept(cache, [1])).toEqual([1]);
    cache.turnTo(['two']);
    expect(kept(cache, [1])).toEqual([]);
  });

  it('are not those that were read while something was written', () => {
    const cache = new EdgeCache(10_000);
    cache.turnTo(['one']);
    cache.keep(nodes([1], 2), ['one'], ['two']);
    cache.turnTo(['two']);
    cache.keep(nodes([2], 2), ['one'], ['two']);
    cache.keep(nodes([3], 2), ['two'], ['two']);
    expect(kept(cache, [1, 2, 3])).toEqual([3]);
  });

  it('are a bounded many: those that are used stay', () => {
    const cache = new EdgeCache(1000);
    cache.turnTo(['one']);
    for (let n = 1; n <= 50; n += 1) {
      cache.keep(nodes([n], 3), ['one'], ['one']);
      cache.get('links', 1);
    }
    const all = kept(
      cache,
      Array.from({ length: 50 }, (_, n) => n + 1),
    );
    expect(all).toContain(1);
    expect(all).toContain(50);
    expect(all.length).toBeLessThanOrEqual(MAX_IN_1000_BYTES);
  });

  it('come back as they were read, however many there are', () => {
    const found = new PackedEdges();
    const names = ['Opening hours', '', '개관 시간'];
    for (let of = 1; of <= 2000; of += 1) {
      const to = Array.from({ length: of % 5 }, (_, n) => of * 10 + n);
      found.add('linkedBy', of, {
        to,
        costs: to.map((n) => n % 300),
        labels: to.map((n) => names[n % 3] ?? ''),
      });
    }
    const cache = new EdgeCache(10_000_000);
    cache.turnTo(['one']);
    cache.keep(found, ['one'], ['one']);
    for (let of = 1; of <= 2000; of += 1) {
      const edges = cache.get('linkedBy', of);
      expect(edges?.size).toBe(of % 5);
      for (const [at, edge] of [...(edges?.edges ?? [])].entries()) {
        const n = of * 10 + at;
        expect(edge).toEqual([n, n % 300, names[n % 3]]);
      }
    }
    expect(cache.get('linkedBy', 2001)).toBeUndefined();
  });
});
